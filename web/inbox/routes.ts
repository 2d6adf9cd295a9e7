/** Every page there is. All but the inbox itself are loaded when they are opened. */

import type { FunctionComponent } from "preact";
import { Home } from "./pages/home";
import { TicketsPage } from "./pages/tickets/page";
import { match } from "./router";
import { late } from "./shell/lazily";
import { NotFound } from "./shell/not-found";

// Any: each page names its own parameters
type Page = FunctionComponent<any>;

const ROUTES: [pattern: string, page: Page][] = [
  ["/", Home],
  ["/sign-in", late(() => import("./pages/sign-in/page"))],
  ["/reset-password", late(() => import("./pages/reset-password/page"))],
  ["/invites/:token", late(() => import("./pages/invite/page"))],
  ["/account/:section?", late(() => import("./pages/account/page"))],
  ["/projects/:project/tickets/:ref?", TicketsPage],
  ["/projects/:project/persons/:id?", late(() => import("./pages/persons/page"))],
  ["/projects/:project/settings/:section?/:item?", late(() => import("./pages/settings/page"))],
];

export function routeOf(path: string): { page: Page; parameters: Record<string, string> } {
  for (const [pattern, page] of ROUTES) {
    const parameters = match(pattern, path);
    if (parameters) return { page, parameters };
  }
  return { page: NotFound, parameters: {} };
}
