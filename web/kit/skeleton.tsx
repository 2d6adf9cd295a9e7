import "./skeleton.css";

/** The shape of what is coming. */
export function Skeleton({
  width = "100%",
  height = "0.75rem",
  round = false,
}: {
  width?: string;
  height?: string;
  round?: boolean;
}) {
  return (
    <span
      class="skeleton"
      style={{ width, height, borderRadius: round ? "50%" : undefined }}
      aria-hidden="true"
    />
  );
}
