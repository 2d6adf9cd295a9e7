/** What a pressed key is called in the registry. */

type Pressed = Pick<KeyboardEvent, "key" | "code" | "metaKey" | "ctrlKey" | "altKey" | "shiftKey">;

/** On a keyboard of another script the place of a key tells its letter, so that `j` is where it always is. */
function letterOf({ key, code }: Pressed): string {
  if (key.length > 1) return key;
  const isOther = /^\p{L}$/u.test(key) && !/^\p{Script=Latin}$/u.test(key);
  return ((isOther && /^Key([A-Z])$/.exec(code)?.[1]) || key).toLowerCase();
}

/** `Mod+Shift+k`, with Mod for Ctrl or ⌘. Shift is named only beside keys that have no other sign for it. */
export function nameOfKey(pressed: Pressed): string {
  const key = letterOf(pressed);
  const shift = pressed.shiftKey && (key.length > 1 || /[a-z]/.test(key));
  // Many keyboards need Alt, or Ctrl with Alt, to write a sign like #.
  const forSign = pressed.altKey && /^[^\p{L}\p{N} ]$/u.test(key);
  const mod = (pressed.metaKey || pressed.ctrlKey) && !forSign;
  const named = key === " " ? "Space" : key;
  return [mod && "Mod", pressed.altKey && !forSign && "Alt", shift && "Shift", named]
    .filter(Boolean)
    .join("+");
}

/** Whether the command's keys (`g i`) are these, begin with them, or neither. */
export function follows(keys: string, pressed: readonly string[]): "done" | "begun" | "no" {
  const wanted = keys.split(" ");
  if (pressed.some((key, place) => wanted[place] !== key)) return "no";
  return wanted.length === pressed.length ? "done" : "begun";
}
