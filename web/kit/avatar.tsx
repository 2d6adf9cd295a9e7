import "./avatar.css";

const HUES = 12;

/** The same name has the same colour everywhere, today and tomorrow. */
function hue(name: string): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return sum % HUES;
}

function initials(name: string): string {
  const words = name
    .replace(/@.*/, "")
    .split(/[\s._-]+/)
    .filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => [...(word ?? "?")][0]?.toUpperCase() ?? "?").join("");
}

/** Decoration beside a name that stands in the text: silent for screen readers. */
export function Avatar({ name, size = "m" }: { name: string; size?: "s" | "m" | "l" }) {
  return (
    <span class={`avatar ${size}`} data-hue={hue(name)} data-initials={initials(name)} aria-hidden="true" />
  );
}
