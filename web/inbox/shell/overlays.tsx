import { closeOverlay, type Overlay, overlay } from "../store/overlay";
import { late } from "./lazily";

const SHOWN = {
  palette: late(() => import("../pages/palette/palette")),
  help: late(() => import("../pages/palette/help")),
  compose: late(() => import("../pages/compose/compose")),
  leaving: late(() => import("../pages/account/leaving")),
} satisfies Record<Overlay, unknown>;

/** What was called over the page; one may call the next. */
export function Overlays() {
  const name = overlay.value;
  if (!name) return null;
  const Shown = SHOWN[name];
  return <Shown key={name} onClose={() => overlay.peek() === name && closeOverlay()} />;
}
