import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../../i18n";
import { Button } from "../../../kit/button";
import { tell } from "../../shell/failure";
import { threadOf } from "../../store/thread";

interface OlderProps {
  ticket: string;
  box: RefObject<HTMLElement | null>;
  load: (ticket: string) => Promise<void>;
}

/** Asks for what came before as soon as one comes near its place. */
export function Older({ ticket, box, load }: OlderProps) {
  const place = useRef<HTMLLIElement>(null);
  const { thread, loadingOlder } = threadOf(ticket).value;
  const older = thread?.older;
  const ask = () => load(ticket).catch(tell);
  useEffect(() => {
    if (!place.current || !older) return;
    const near = new IntersectionObserver(([entry]) => void (entry?.isIntersecting && ask()), {
      root: box.current,
      rootMargin: "800px 0px",
    });
    near.observe(place.current);
    return () => near.disconnect();
  }, [older]);
  if (!older) return null;
  return (
    <li ref={place} class="older">
      <Button variant="quiet" size="s" busy={loadingOlder} onClick={() => void ask()}>
        {t(loadingOlder ? "loading_older" : "load_older")}
      </Button>
    </li>
  );
}
