/** What one wants to hear of, as it stands in the user's preferences. */

export const KINDS = ["mention", "assigned", "reply"] as const;
export const WAYS = ["browser", "email"] as const;
export type Kind = (typeof KINDS)[number];
export type Way = (typeof WAYS)[number];
export type Preferences = Partial<Record<Kind, Partial<Record<Way, boolean>>>> & { sound?: boolean };

/** What holds for those who have chosen nothing: the server decides alike about mail. */
export const DEFAULTS = {
  mention: { browser: true, email: true },
  assigned: { browser: true, email: true },
  reply: { browser: true, email: false },
  sound: false,
};

export const chosen = (mine: Preferences, kind: Kind, way: Way): boolean =>
  mine[kind]?.[way] ?? DEFAULTS[kind][way];
