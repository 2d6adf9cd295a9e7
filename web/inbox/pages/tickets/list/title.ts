import { type Key, t } from "../../../../i18n";
import { type Asked, BUILT_IN, type BuiltIn } from "../../../store/filters";
import { viewOf } from "../../../store/views";

export const nameOfBuiltIn = (view: BuiltIn): string => t(`view_${view}` satisfies Key);

/** What stands above the list. */
export function titleOf({ view, search }: Asked): string {
  if (view === null) return t(search ? "view_search" : "view_own");
  return Object.hasOwn(BUILT_IN, view) ? nameOfBuiltIn(view as BuiltIn) : (viewOf(view)?.name ?? "");
}
