import { Skeleton } from "../../../kit/skeleton";
import "./waiting.css";

/** Somebody whom we do not know yet. */
export function PersonWaiting() {
  return (
    <div class="person-waiting" aria-busy="true">
      <Skeleton width="3rem" height="3rem" round />
      <Skeleton width="60%" height="1rem" />
      {[85, 70, 90, 60, 75].map((width) => (
        <Skeleton key={width} width={`${width}%`} />
      ))}
    </div>
  );
}
