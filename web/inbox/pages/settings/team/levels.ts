/** What somebody may do in an organization, from most to least. */

import type { Level } from "../../../../api/types";
import { t } from "../../../../i18n";
import { level } from "../../../store/session";

const LEVELS: Level[] = ["owner", "admin", "agent", "viewer"];

/** Those that the caller may give: only an owner makes owners. */
export const givable = (): Level[] => LEVELS.filter((each) => each !== "owner" || level.value === "owner");

export const options = (levels: Level[]) => levels.map((each) => [each, t(`level_${each}`)] as const);
