import { Skeleton } from "../../../kit/skeleton";
import "./thread.css";

const SHAPES: ["customer" | "team", string, string][] = [
  ["customer", "62%", "4.5rem"],
  ["team", "54%", "3.25rem"],
  ["customer", "38%", "2.25rem"],
  ["team", "58%", "5.5rem"],
];

/** A conversation before one can read it. */
export function ThreadSkeleton() {
  return (
    <div class="thread" aria-busy="true">
      <div class="thread-column">
        {SHAPES.map(([side, width, height], at) => (
          <div key={at} class={`said ${side}`}>
            {side === "customer" && <Skeleton width="1.75rem" height="1.75rem" round />}
            <Skeleton width={width} height={height} />
          </div>
        ))}
      </div>
    </div>
  );
}
