/** What a browser calls itself, in two words that people know. */

/** The first that is named wins: most browsers also claim to be those that follow. */
const BROWSERS: [RegExp, string][] = [
  [/\bEdg(e|A|iOS)?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\b(Firefox|FxiOS)\//, "Firefox"],
  [/\b(HeadlessChrome|Chrome|CriOS)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];
const SYSTEMS: [RegExp, string][] = [
  [/\b(iPhone|iPad)\b/, "iOS"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b/, "macOS"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
];

const find = (list: [RegExp, string][], agent: string): string | undefined =>
  list.find(([pattern]) => pattern.test(agent))?.[1];

export function deviceOf(agent: string): { browser: string | undefined; system: string | undefined } {
  return { browser: find(BROWSERS, agent), system: find(SYSTEMS, agent) };
}

export const isHandheld = (agent: string): boolean => /\b(Mobile|iPhone|Android)\b/.test(agent);
