import type { ComponentChildren, FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { speakLate } from "../../i18n";
import { Failure } from "./failure";

// Any: passes on whatever the page wants
type Page = FunctionComponent<any>;

/** A page whose script is fetched when it is first shown, and kept; until then `waiting` has its shape. */
export function lazily(
  load: () => Promise<{ default: Page }>,
  waiting: ComponentChildren = <span hidden aria-busy="true" />,
): Page {
  let kept: Page | undefined;
  return function Lazy(properties: object) {
    const [Loaded, setLoaded] = useState<Page | undefined>(() => kept);
    const [failed, setFailed] = useState<unknown>(null);
    const get = () =>
      load().then((found) => {
        kept = found.default;
        setFailed(null);
        setLoaded(() => found.default);
      }, setFailed);
    useEffect(() => void (Loaded ?? get()), []);
    if (failed) return <Failure error={failed} onRetry={() => void again(get)} />;
    return Loaded ? <Loaded {...properties} /> : waiting;
  };
}

/** A page that was open over a deployment asks for scripts that are gone: only another page knows the new ones. */
async function again(fetchPage: () => Promise<void>): Promise<void> {
  const there = await fetch("/livez").catch(() => null);
  if (there?.ok) location.reload();
  else await fetchPage();
}

/** With the words of later pages, which the first one does not carry. */
export const late = (load: () => Promise<{ default: Page }>, waiting?: ComponentChildren): Page =>
  lazily(() => Promise.all([load(), speakLate()]).then(([page]) => page), waiting);
