/** Addresses in texts, and which of them may be followed. */

const SCHEMES = new Set(["http:", "https:", "mailto:", "tel:"]);

/** The address if it leads where people may be led; null for scripts and the like. */
export function safeHref(href: unknown): string | null {
  if (typeof href !== "string") return null;
  try {
    return SCHEMES.has(new URL(href).protocol) ? href : null;
  } catch {
    return null;
  }
}

export interface Piece {
  text: string;
  href: string | null;
}

const ADDRESS = /\bhttps?:\/\/[^\s<>"']+|\bwww\.[^\s<>"']+\.[^\s<>"']+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gi;

/** Signs that end a sentence rather than an address; a bracket belongs to it when it was opened in it. */
function trimmed(found: string): string {
  const end = found.replace(/[.,;:!?…]+$/, "");
  return end.endsWith(")") && !end.includes("(") ? trimmed(end.slice(0, -1)) : end;
}

function hrefOf(address: string): string | null {
  if (/^https?:/i.test(address)) return safeHref(address);
  return safeHref(/^www\./i.test(address) ? `https://${address}` : `mailto:${address}`);
}

/** The text in pieces, addresses with where they lead. */
export function linkified(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const found of text.matchAll(ADDRESS)) {
    const address = trimmed(found[0]);
    if (found.index > at) pieces.push({ text: text.slice(at, found.index), href: null });
    pieces.push({ text: address, href: hrefOf(address) });
    at = found.index + address.length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), href: null });
  return pieces;
}
