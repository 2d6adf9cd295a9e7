/** How well a text answers to what was typed. */

const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();

/** 0 when it does not; more the better: from its beginning, at a word's, anywhere, its letters in order. */
export function score(text: string, wanted: string): number {
  const [found, typed] = [plain(text), plain(wanted).trim()];
  if (!typed) return 1;
  const at = found.indexOf(typed);
  if (at === 0) return 4;
  if (at > 0) return /[\p{L}\p{N}]/u.test(found[at - 1] ?? "") ? 2 : 3;
  return typed.length > 2 && inOrder(found, typed) ? 1 : 0;
}

/** Whether each word of what was typed begins a word of the text, in that order: `as me` finds "Assign to me". */
function inOrder(found: string, typed: string): boolean {
  const words = found.split(/[^\p{L}\p{N}]+/u);
  let at = 0;
  return typed.split(/\s+/).every((part) => {
    at = words.findIndex((word, place) => place >= at && word.startsWith(part)) + 1;
    return at > 0;
  });
}

/** Those that answer, the best first; equals stay in their order. */
export function ranked<T>(all: readonly T[], wanted: string, textOf: (item: T) => string): T[] {
  return all
    .map((item) => ({ item, points: score(textOf(item), wanted) }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points)
    .map(({ item }) => item);
}
