import type { ComponentChildren, RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import "./popover.css";

interface PopoverProps {
  anchor: RefObject<HTMLElement | null>;
  onClose: () => void;
  children: ComponentChildren;
  label: string;
  align?: "start" | "end";
}

const GAP = 4;
const EDGE = 8;

/** Puts the panel below its anchor, or above where there is more room, and never off the screen. */
function place(panel: HTMLElement, anchor: HTMLElement, align: "start" | "end"): void {
  const from = anchor.getBoundingClientRect();
  const rtl = document.documentElement.dir === "rtl";
  const left = (align === "start") !== rtl ? from.left : from.right - panel.offsetWidth;
  const below = innerHeight - from.bottom - GAP - EDGE;
  const above = from.top - GAP - EDGE;
  const down = below >= Math.min(panel.scrollHeight, 320) || below >= above;
  panel.style.maxHeight = `${Math.max(120, down ? below : above)}px`;
  panel.style.left = `${Math.max(EDGE, Math.min(left, innerWidth - panel.offsetWidth - EDGE))}px`;
  panel.style.top = down
    ? `${from.bottom + GAP}px`
    : `${Math.max(EDGE, from.top - GAP - panel.offsetHeight)}px`;
}

/** A panel in the top layer beside its anchor; Escape and a press elsewhere close it. */
export function Popover({ anchor, onClose, children, label, align = "start" }: PopoverProps) {
  const panel = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { current: shown } = panel;
    if (!shown || !anchor.current) return;
    shown.showPopover();
    place(shown, anchor.current, align);
  });
  useEffect(() => {
    const [from, shown] = [anchor.current, panel.current];
    return () => {
      const now = document.activeElement;
      // Whoever pressed elsewhere is there already.
      if (!now || now === document.body || shown?.contains(now)) from?.focus({ preventScroll: true });
    };
  }, []);
  return (
    <div
      ref={panel}
      class="popover scroll"
      popover="auto"
      role="dialog"
      aria-label={label}
      onKeyDown={(e) => {
        if (e.key !== "Escape") return;
        // At once: the next key may be pressed before the browser tells that it is closed.
        e.preventDefault();
        e.stopPropagation();
        onClose();
      }}
      onToggle={(e) => (e as ToggleEvent).newState === "closed" && onClose()}
    >
      {children}
    </div>
  );
}
