import { useEffect, useState } from "preact/hooks";
import { Toasts } from "../kit/toast";
import { place } from "./router";
import { routeOf } from "./routes";
import { Failure } from "./shell/failure";
import { Shell, ShellSkeleton } from "./shell/shell";
import { begin, isPublic, me } from "./store/session";

export function App() {
  const [failed, setFailed] = useState<unknown>(null);
  const ask = () => begin().then(() => setFailed(null), setFailed);
  useEffect(() => void ask(), []);
  const { page: Page, parameters } = routeOf(place.value.path);
  const open = isPublic(place.value.path);
  return (
    <>
      {failed && me.value === undefined ? (
        <Failure error={failed} onRetry={ask} />
      ) : open ? (
        <Page {...parameters} />
      ) : me.value ? (
        <Shell>
          <Page {...parameters} />
        </Shell>
      ) : (
        <ShellSkeleton />
      )}
      <Toasts />
    </>
  );
}
