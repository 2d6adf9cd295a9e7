/** What the list needs after a press, fetched when there is nothing else to do: then no key comes too early. */

import { speakLate } from "../../../../i18n";

export const bulkBar = () => import("../bulk/bar");
export const chips = () => import("../filters/chips");
export const filterMenu = () => import("../filters/menu");
export const orderMenu = () => import("../filters/order");

const LATEST_MS = 3000;
let begun = false;

export function fetchSoon(): void {
  if (begun) return;
  begun = true;
  const fetchAll = () => {
    for (const load of [speakLate, bulkBar, filterMenu, chips, orderMenu]) load().catch(() => undefined);
  };
  if ("requestIdleCallback" in globalThis) requestIdleCallback(fetchAll, { timeout: LATEST_MS });
  else setTimeout(fetchAll, LATEST_MS);
}
