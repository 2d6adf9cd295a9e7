/** What a key may, in the three steps that people think in. */

export const STEPS = ["read", "write", "all"] as const;
export type Step = (typeof STEPS)[number];

export const SCOPES: Record<Step, string[]> = {
  read: ["ticket:read"],
  write: ["ticket:read", "ticket:write"],
  all: ["*"],
};

export function stepOf(scopes: string[]): Step {
  if (scopes.includes("*")) return "all";
  return scopes.includes("ticket:write") ? "write" : "read";
}
