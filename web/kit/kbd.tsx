import "./kbd.css";

const APPLE = /Mac|iP(hone|ad)/.test(globalThis.navigator?.platform ?? "");

const SIGNS: Record<string, string> = {
  Enter: "↵",
  Escape: "Esc",
  Backspace: "⌫",
  Delete: "⌦",
  ArrowDown: "↓",
  ArrowUp: "↑",
  ArrowLeft: "←",
  ArrowRight: "→",
  ...(APPLE ? { Mod: "⌘", Shift: "⇧", Alt: "⌥" } : { Mod: "Ctrl" }),
};

/** Keys as this machine writes them: `Mod+Enter` → ⌘↵ or Ctrl ↵; `g i` is one after the other. */
export function spell(keys: string): string[][] {
  return keys
    .split(" ")
    .map((chord) =>
      chord.split("+").map((key) => SIGNS[key] ?? (key.length === 1 ? key.toUpperCase() : key)),
    );
}

/** In one line of plain text. */
export const inWords = (keys: string): string =>
  spell(keys)
    .map((chord) => chord.join(APPLE ? "" : "+"))
    .join(" ");

/** As `aria-keyshortcuts` wants it; it has no word for one after the other. */
export const forReaders = (keys: string): string | undefined =>
  keys.includes(" ") ? undefined : keys.replace("Mod", APPLE ? "Meta" : "Control");

export function Kbd({ keys }: { keys: string }) {
  return (
    <span class="kbd" aria-hidden="true" dir="ltr">
      {spell(keys).map((chord, place) => (
        <span key={place} class="chord">
          {chord.map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}
        </span>
      ))}
    </span>
  );
}
