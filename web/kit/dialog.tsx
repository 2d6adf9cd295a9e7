import { X } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { t } from "../i18n";
import { IconButton } from "./button";
import "./dialog.css";

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
  footer?: ComponentChildren;
  wide?: boolean;
  bare?: boolean;
}

/** The browser's own modal dialog: it keeps the focus inside and gives it back. */
export function Dialog({ title, onClose, children, footer, wide = false, bare = false }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  const over = useRef(false);
  useEffect(() => {
    const shown = element.current;
    shown?.showModal();
    // The first thing in the header is the way out, which is not what one came for.
    if (!shown?.querySelector("[autofocus]"))
      shown?.querySelector<HTMLElement>(".body :is(input, textarea, select, [contenteditable])")?.focus();
    // Closing gives the focus back; taking the element away would not.
    return () => {
      over.current = true;
      shown?.close();
    };
  }, []);
  const finish = () => {
    if (over.current) return;
    over.current = true;
    onClose();
  };
  // The browser says so later: the next key may be pressed before that.
  const dismiss = () => {
    element.current?.close();
    finish();
  };
  return (
    <dialog
      ref={element}
      class={`dialog ${wide ? "wide" : ""} ${bare ? "bare" : ""}`}
      aria-labelledby={id}
      onClose={finish}
      onCancel={(e) => {
        if (e.target !== element.current) return;
        e.preventDefault();
        dismiss();
      }}
      onClick={(e) => e.target === element.current && dismiss()}
    >
      <header class={bare ? "sr-only" : ""}>
        <h2 id={id}>{title}</h2>
        <IconButton size="s" label={t("close")} onClick={dismiss}>
          <X size={16} />
        </IconButton>
      </header>
      <div class="body">{children}</div>
      {footer && <footer>{footer}</footer>}
    </dialog>
  );
}
