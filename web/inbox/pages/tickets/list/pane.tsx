import { ArrowUp } from "lucide-preact";
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../../../../i18n";
import { Failure, tell } from "../../../shell/failure";
import { late } from "../../../shell/lazily";
import { asked } from "../../../store/asked";
import { bringIn, failure, listing, look, resting, show, waiting } from "../../../store/list";
import { active, clear, selected } from "../../../store/selection";
import { mayWrite, project } from "../../../store/session";
import { useBulkCommands } from "../bulk/commands";
import { useListCommands } from "./commands";
import { Grid } from "./grid";
import { ListHeader } from "./header";
import { Nothing } from "./nothing";
import "./pane.css";
import { ListSkeleton } from "./skeleton";
import { bulkBar, fetchSoon } from "./soon";
import { titleOf } from "./title";

const BulkBar = late(bulkBar);

/** Where one was in each list, for the way back. */
const scrolled = new Map<string, number>();

/** The second pane: what the address asks for, its filters above, what to do with ticked rows below. */
export function ListPane({ opened }: { opened: string | undefined }) {
  const scroller = useRef<HTMLDivElement>(null);
  const wanted = asked.value;
  const key = JSON.stringify([project.value?.id, wanted.filters, wanted.search, wanted.order, wanted.view]);
  useEffect(() => void show(wanted), [key]);
  useLayoutEffect(() => begin(key), [key]);
  useEffect(() => void (listing.value && fetchSoon()), [listing.value]);
  useListCommands(mayWrite.value);
  useBulkCommands(mayWrite.value);
  useRest(scroller, key);
  return (
    <section class="pane-list" aria-label={t("tickets")}>
      <ListHeader />
      <div class="list-body">
        <News scroller={scroller} />
        <div ref={scroller} class="scroll list-scroll" tabIndex={-1}>
          <Body opened={opened} />
        </div>
      </div>
      {mayWrite.value && selected.value.size > 0 && <BulkBar />}
    </section>
  );
}

let present = "";

/** In another list one begins at the top, with nothing ticked. */
function begin(key: string): () => void {
  if (present !== key) active.value = null;
  present = key;
  return clear;
}

function Body({ opened }: { opened: string | undefined }) {
  const shown = listing.value;
  if (!shown) return failure.value ? <Failure error={failure.value} onRetry={look} /> : <ListSkeleton />;
  if (shown.ids.length === 0) return <Nothing />;
  return <Grid shown={shown} opened={opened} label={titleOf(asked.value)} />;
}

/** Knows whether somebody is at the list, so that nothing moves under a hand. */
function useRest(scroller: RefObject<HTMLDivElement | null>, key: string): void {
  useLayoutEffect(() => {
    const { current: list } = scroller;
    if (!list) return;
    list.scrollTop = scrolled.get(key) ?? 0;
    const state = { over: false, within: list.contains(document.activeElement) };
    const tell = () => {
      scrolled.set(key, list.scrollTop);
      resting.value = list.scrollTop < 8 && !state.over && !state.within;
    };
    const on = (name: string, listen: (event: Event) => void, element: HTMLElement = list) => {
      const heard = (event: Event) => {
        listen(event);
        tell();
      };
      element.addEventListener(name, heard, { passive: true });
      return () => element.removeEventListener(name, heard);
    };
    // The pill lies above the rows: on the way to it one has not left them.
    const body = list.parentElement ?? list;
    const ends = [
      on("scroll", () => {}),
      on("pointerenter", (event) => (state.over = (event as PointerEvent).pointerType === "mouse"), body),
      on("pointerleave", () => (state.over = false), body),
      on("focusin", () => (state.within = true)),
      on("focusout", (event) => (state.within = list.contains((event as FocusEvent).relatedTarget as Node))),
    ];
    tell();
    return () => {
      for (const end of ends) end();
      resting.value = true;
    };
  }, [key]);
}

/** Says what came meanwhile, and brings it in when one asks for it. */
function News({ scroller }: { scroller: RefObject<HTMLDivElement | null> }) {
  const failed = failure.value;
  useEffect(() => {
    if (failed && listing.peek()) tell(failed);
  }, [failed]);
  const count = waiting.value;
  return (
    <div role="status">
      {count > 0 && (
        <button
          type="button"
          class="list-news"
          onClick={() => {
            bringIn();
            scroller.current?.scrollTo({ top: 0 });
          }}
        >
          <ArrowUp size={13} aria-hidden="true" />
          {t("list_news", { count })}
        </button>
      )}
    </div>
  );
}
