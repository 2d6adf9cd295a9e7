/** Puts a text on the clipboard, also where the page came over plain HTTP and browsers keep it from us. */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  field.className = "sr-only";
  const shown = document.querySelector("dialog[open]") ?? document.body;
  const focused = document.activeElement;
  shown.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  if (!done) throw new Error("copy");
}
