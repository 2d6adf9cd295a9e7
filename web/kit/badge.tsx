import type { ComponentChildren } from "preact";
import "./badge.css";

export type Tone = "neutral" | "accent" | "danger" | "warning" | "success" | "info" | "note";

export function Badge({
  tone = "neutral",
  children,
  title,
}: {
  tone?: Tone;
  children: ComponentChildren;
  title?: string;
}) {
  return (
    <span class={`badge ${tone}`} title={title}>
      {children}
    </span>
  );
}
