/** Texts and changes that are applied to a ticket at once. */

import { api, body, once } from "./client";
import type { components } from "./schema.generated";

/** `content` and `rich_content` may hold `{{variables}}`. */
export type Macro = components["schemas"]["MacroOut"];
export type MacroActions = Macro["actions"];
export type MacroIn = components["schemas"]["MacroPatch"];

const MACROS = "/api/projects/{project_id}/conversations/macros";
const MACRO = "/api/projects/{project_id}/conversations/macros/{ref}";

const in_ = (project: number) => ({ path: { project_id: String(project) } });
const of = (project: number, macro: string) => ({ path: { project_id: String(project), ref: macro } });
const safely = () => ({ headers: once(crypto.randomUUID()) });

const MOST = 200;

export const list = async (project: number): Promise<Macro[]> =>
  (await body(api.GET(MACROS, { params: { ...in_(project), query: { limit: MOST } } }))).results;

export const create = (project: number, macro: MacroIn & { name: string }): Promise<Macro> =>
  body(
    api.POST(MACROS, {
      params: in_(project),
      body: { description: "", content: "", visibility: "team", ...macro },
      ...safely(),
    }),
  );

export const change = (project: number, id: string, changes: MacroIn): Promise<Macro> =>
  body(api.PATCH(MACRO, { params: of(project, id), body: changes, ...safely() }));

export const remove = (project: number, id: string) => api.DELETE(MACRO, { params: of(project, id) });
