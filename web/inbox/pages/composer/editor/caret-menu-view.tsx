import { useLayoutEffect, useRef } from "preact/hooks";
import { caretMenu } from "./caret-menu";
import "./caret-menu.css";

const GAP = 6;
const EDGE = 8;

/** The offers, above the caret or below it, wherever there is room. The focus stays in the text. */
export function CaretMenuView({ label }: { label: string }) {
  const panel = useRef<HTMLUListElement>(null);
  const menu = caretMenu.value;
  useLayoutEffect(() => {
    const { current: shown } = panel;
    if (!shown || !menu) return;
    if (!shown.matches(":popover-open")) shown.showPopover();
    const { place } = menu;
    const above = place.top - GAP - shown.offsetHeight;
    shown.style.top = `${above >= EDGE ? above : place.bottom + GAP}px`;
    shown.style.left = `${Math.max(EDGE, Math.min(place.left, innerWidth - shown.offsetWidth - EDGE))}px`;
  });
  if (!menu) return null;
  return (
    <ul ref={panel} class="caret-menu scroll" popover="manual" role="listbox" aria-label={label}>
      {menu.offers.map((offer, at) => (
        <li
          key={offer.id}
          role="option"
          aria-selected={at === menu.at}
          ref={(element) => void (at === menu.at && element?.scrollIntoView({ block: "nearest" }))}
          onPointerMove={() => at !== menu.at && (caretMenu.value = { ...menu, at })}
          onPointerDown={(event) => {
            event.preventDefault();
            menu.pick(offer);
          }}
        >
          <span class="truncate">{offer.label}</span>
          <small class="truncate">{offer.hint}</small>
        </li>
      ))}
      <li class="sr-only" role="presentation" aria-live="polite">
        {menu.offers[menu.at]?.label}
      </li>
    </ul>
  );
}
