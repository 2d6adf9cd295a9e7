import type { LucideIcon } from "lucide-preact";
import type { ComponentChildren } from "preact";
import "./notice.css";

/** What holds for all that stands below. */
export function Notice({ icon: Icon, children }: { icon: LucideIcon; children: ComponentChildren }) {
  return (
    <p class="section-notice">
      <Icon size={16} aria-hidden="true" />
      <span>{children}</span>
    </p>
  );
}
