/** What is offered beside the caret: teammates after @, macros after /. */

import { signal } from "@preact/signals";
import type { SuggestionOptions, SuggestionProps } from "@tiptap/suggestion";

export interface Offer {
  id: string;
  label: string;
  hint: string;
}

export interface CaretMenu {
  offers: Offer[];
  at: number;
  place: DOMRect;
  pick: (offer: Offer) => void;
}

export const caretMenu = signal<CaretMenu | null>(null);

const clamp = (at: number, count: number): number => (count ? (at + count) % count : 0);

/** Shows the offers of a suggestion in our menu, and gives it the arrows, Enter, Tab and Escape. */
export const inCaretMenu: NonNullable<SuggestionOptions<Offer, Offer>["render"]> = () => {
  const show = (props: SuggestionProps<Offer, Offer>) => {
    const place = props.clientRect?.();
    const offers = props.items;
    const at = clamp(caretMenu.peek()?.at ?? 0, offers.length);
    caretMenu.value = place && offers.length ? { offers, at, place, pick: props.command } : null;
  };
  return {
    onStart: show,
    onUpdate: show,
    onExit: () => (caretMenu.value = null),
    onKeyDown: ({ event }) => {
      const menu = caretMenu.peek();
      if (!menu) return false;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const offer = menu.offers[menu.at];
      if (step) caretMenu.value = { ...menu, at: clamp(menu.at + step, menu.offers.length) };
      else if ((event.key === "Enter" || event.key === "Tab") && offer) menu.pick(offer);
      else if (event.key === "Escape") caretMenu.value = null;
      else return false;
      return true;
    },
  };
};

/** Those that have a word beginning with the text first, then those that hold it anywhere. */
export function matching(offers: Offer[], text: string, most = 8): Offer[] {
  const wanted = text.toLocaleLowerCase();
  const rank = ({ label, hint }: Offer): number => {
    const found = label.toLocaleLowerCase();
    if (found.split(/\s+/).some((word) => word.startsWith(wanted)) || found.startsWith(wanted)) return 0;
    return found.includes(wanted) || hint.toLocaleLowerCase().includes(wanted) ? 1 : 2;
  };
  return offers
    .map((offer) => ({ offer, rank: rank(offer) }))
    .filter((found) => found.rank < 2)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ offer }) => offer);
}
