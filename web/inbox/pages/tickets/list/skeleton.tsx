import { Skeleton } from "../../../../kit/skeleton";

const WIDTHS = ["9rem", "6.5rem", "11rem", "7.5rem", "8.5rem", "10rem", "6rem", "9.5rem"];

export function RowSkeleton({ width = "9rem" }: { width?: string }) {
  return (
    <div class="row-skeleton" aria-hidden="true">
      <Skeleton width="2rem" height="2rem" round />
      <div>
        <Skeleton width={width} height="0.8125rem" />
        <Skeleton width="92%" />
        <Skeleton width="55%" height="0.625rem" />
      </div>
    </div>
  );
}

export function ListSkeleton() {
  return (
    <div aria-busy="true">
      {WIDTHS.map((width) => (
        <RowSkeleton key={width} width={width} />
      ))}
    </div>
  );
}
