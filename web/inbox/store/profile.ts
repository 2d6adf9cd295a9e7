/** What a person is called, and what is known of them. */

import { t } from "../../i18n";

type Known = Record<string, unknown>;
interface ProfileLike {
  name: string;
  properties: object;
}

/** What cannot be seen is no name. */
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** Turns letters around, or stands between them unseen, so that one name passes for another. */
const HIDING = /[\u00ad\u200b\u202a-\u202e\u2060-\u2069\ufeff]/gu;

export const visible = (value: unknown): string =>
  typeof value === "string" && VISIBLE.test(value) ? value.replace(HIDING, "").trim() : "";

export const textIn = (properties: object, name: string): string => visible((properties as Known)[name]);

/** The name they gave; what the API calls them, which prefers the address, only without one. */
export const nameOfProfile = (person: ProfileLike): string =>
  textIn(person.properties, "name") || textIn(person.properties, "email") || person.name || t("anonymous");
