/** Finds a searched text inside another. */

export interface Piece {
  text: string;
  hit: boolean;
}

const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

/** The text in pieces, those that were searched for marked. Numbers find tickets, not texts. */
export function pieces(text: string, searched: string): Piece[] {
  const wanted = searched.trim();
  if (!wanted || /^#?\d+$/.test(wanted)) return [{ text, hit: false }];
  const found: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(new RegExp(literal(wanted), "giu"))) {
    if (match.index > end) found.push({ text: text.slice(end, match.index), hit: false });
    found.push({ text: match[0], hit: true });
    end = match.index + match[0].length;
  }
  if (end < text.length || found.length === 0) found.push({ text: text.slice(end), hit: false });
  return found;
}
