import { signal } from "@preact/signals";
import { ChevronDown } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import "./disclosure.css";

const KEPT = "folded";

function recall(): ReadonlySet<string> {
  try {
    return new Set(JSON.parse(localStorage.getItem(KEPT) ?? "[]") as string[]);
  } catch {
    return new Set();
  }
}

const folded = signal(recall());

function toggle(name: string): void {
  const next = new Set(folded.peek());
  if (!next.delete(name)) next.add(name);
  folded.value = next;
  localStorage.setItem(KEPT, JSON.stringify([...next]));
}

interface DisclosureProps {
  /** What is remembered of it, for all of the same name. */
  name: string;
  title: string;
  /** Beside the title, also while it is folded. */
  aside?: ComponentChildren;
  children: ComponentChildren;
}

/** A part that one may fold away; it stays so until one unfolds it. */
export function Disclosure({ name, title, aside, children }: DisclosureProps) {
  const id = useId();
  const open = !folded.value.has(name);
  return (
    <section class="disclosure" aria-labelledby={id}>
      <header>
        <h3 id={id}>
          <button type="button" aria-expanded={open} onClick={() => toggle(name)}>
            {title}
            <ChevronDown size={14} aria-hidden="true" />
          </button>
        </h3>
        {aside}
      </header>
      {open && children}
    </section>
  );
}
