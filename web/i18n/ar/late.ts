import type { Late } from "..";
import { account } from "./account";
import { listLate } from "./list-late";
import { merging } from "./merging";
import { palette } from "./palette";
import { person } from "./person";
import { settings } from "./settings";
import { settingsMacros } from "./settings-macros";
import { settingsTeam } from "./settings-team";
import { settingsWebhooks } from "./settings-webhooks";
import { settingsWidget } from "./settings-widget";
import { writing } from "./writing";

export const late: Late = {
  ...account,
  ...listLate,
  ...merging,
  ...palette,
  ...person,
  ...settings,
  ...settingsMacros,
  ...settingsTeam,
  ...settingsWebhooks,
  ...settingsWidget,
  ...writing,
};
