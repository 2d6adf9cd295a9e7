import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { Skeleton } from "../../kit/skeleton";
import "./panel.css";

interface PanelProps {
  title: string;
  text?: ComponentChildren;
  action?: ComponentChildren;
  children?: ComponentChildren;
  tone?: "danger";
  /** Rows from edge to edge instead of fields. */
  flush?: boolean;
}

/** What belongs together in a section. */
export function Panel({ title, text, action, children, tone, flush = false }: PanelProps) {
  const id = useId();
  return (
    <section class={`panel ${tone ?? ""} ${flush ? "flush" : ""}`} aria-labelledby={id}>
      <header>
        <div>
          <h2 id={id}>{title}</h2>
          {text && <p class="muted">{text}</p>}
        </div>
        {action}
      </header>
      {children && <div class="panel-body">{children}</div>}
    </section>
  );
}

interface RowProps {
  start?: ComponentChildren;
  title: ComponentChildren;
  text?: ComponentChildren;
  end?: ComponentChildren;
}

/** One of many: what it is, and what can be done with it. */
export function Row({ start, title, text, end }: RowProps) {
  return (
    <li class="panel-row">
      {start}
      <div class="panel-row-text">
        <div class="panel-row-title">{title}</div>
        {text && <div class="panel-row-more muted">{text}</div>}
      </div>
      {end && <div class="panel-row-end">{end}</div>}
    </li>
  );
}

/** Panels as they will come. */
export function PanelSkeleton({ rows = 3 }: { rows?: number }) {
  return (
    <div class="panel">
      <header>
        <div class="panel-bones">
          <Skeleton width="9rem" height="0.875rem" />
          <Skeleton width="16rem" />
        </div>
      </header>
      <div class="panel-body">
        {Array.from({ length: rows }, (_, index) => (
          <div key={index} class="panel-bones">
            <Skeleton width="6rem" />
            <Skeleton height="2rem" />
          </div>
        ))}
      </div>
    </div>
  );
}
