import type { LucideIcon } from "lucide-preact";
import type { ComponentChildren } from "preact";
import "./empty.css";

interface EmptyProps {
  icon: LucideIcon;
  title: string;
  children?: ComponentChildren;
  action?: ComponentChildren;
}

/** What stands where nothing is: why, and what can be done about it. */
export function Empty({ icon: Icon, title, children, action }: EmptyProps) {
  return (
    <div class="empty">
      <Icon size={28} strokeWidth={1.5} aria-hidden="true" />
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action}
    </div>
  );
}
