import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import "./slide-over.css";

interface SlideOverProps {
  label: string;
  side?: "start" | "end";
  onClose: () => void;
  children: ComponentChildren;
}

/** A pane that has no room of its own: it comes in over the others, and a press beside it sends it away. */
export function SlideOver({ label, side = "start", onClose, children }: SlideOverProps) {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    element.current?.showModal();
    // Else the first control had a ring around it before anybody came there.
    element.current?.focus();
  }, []);
  return (
    <dialog
      ref={element}
      class={`slide-over ${side}`}
      aria-label={label}
      tabIndex={-1}
      onClose={onClose}
      onClick={(e) => e.target === element.current && element.current?.close()}
    >
      {children}
    </dialog>
  );
}
