import { useComputed } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../../../i18n";
import { approach } from "../../../store/ahead";
import { asked } from "../../../store/asked";
import { listing, loadingMore, more } from "../../../store/list";
import type { Listing } from "../../../store/pages";
import { active, extend, selected, toggle } from "../../../store/selection";
import { mayWrite } from "../../../store/session";
import { ticket } from "../../../store/tickets";
import { focusRow, move, moveTicking } from "./focus";
import { Row } from "./row";
import { RowSkeleton } from "./skeleton";

const AHEAD = "1200px";

/** The rows. What is out of sight is not laid out; what is near the end is fetched before one gets there. */
export function Grid({
  shown,
  opened,
  label,
}: {
  shown: Listing;
  opened: string | undefined;
  label: string;
}) {
  const { search } = asked.value;
  const openedId = opened ? ticket(opened)?.value.id : undefined;
  const reach = useComputed(() => {
    const ids = listing.value?.ids ?? [];
    return active.value && ids.includes(active.value) ? active.value : ids[0];
  });
  useEffect(() => {
    if (openedId) active.value = openedId;
  }, [openedId]);
  return (
    <>
      <div
        class={`grid ${selected.value.size > 0 ? "selecting" : ""} ${mayWrite.value ? "" : "readonly"}`}
        role="grid"
        aria-label={label}
        aria-multiselectable={mayWrite.value}
        aria-rowcount={shown.exact ? shown.count : -1}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onPointerOver={onPointerOver}
      >
        {shown.ids.map((id, index) => {
          const known = ticket(id);
          return (
            known && (
              <Row
                key={id}
                ticket={known}
                place={index}
                reach={reach}
                opened={id === openedId}
                searched={search}
                match={shown.matches[id]}
                onTick={tick}
              />
            )
          );
        })}
      </div>
      {shown.cursor && <End />}
    </>
  );
}

function tick(id: string, range: boolean): void {
  active.value = id;
  if (range) extend(listing.peek()?.ids ?? [], id);
  else toggle(id);
}

const KEYS: Record<string, (shift: boolean) => void> = {
  ArrowDown: (shift) => (shift && mayWrite.peek() ? moveTicking(1) : move(1)),
  ArrowUp: (shift) => (shift && mayWrite.peek() ? moveTicking(-1) : move(-1)),
  Home: () => edge(0),
  End: () => edge(-1),
  " ": () => mayWrite.peek() && active.peek() && toggle(active.peek() ?? ""),
};

function edge(at: number): void {
  const id = listing.peek()?.ids.at(at);
  if (id) focusRow(id);
}

function onKeyDown(event: KeyboardEvent): void {
  const act = KEYS[event.key];
  const ticks = event.key === " " && event.target instanceof HTMLInputElement;
  if (!act || ticks || event.metaKey || event.ctrlKey || event.altKey) return;
  event.preventDefault();
  act(event.shiftKey);
}

const idOf = (target: EventTarget | null) =>
  (target as Element | null)?.closest<HTMLElement>(".row")?.dataset.id;

const onPointerOver = (event: PointerEvent): void => approach(idOf(event.target));

/** Shift and a press ticks all rows up to this one, as in any list. */
function onClick(event: MouseEvent): void {
  if (!event.shiftKey || !mayWrite.peek() || event.target instanceof HTMLInputElement) return;
  const id = idOf(event.target);
  if (!id) return;
  event.preventDefault();
  extend(listing.peek()?.ids ?? [], id);
  getSelection()?.removeAllRanges();
}

/** Stands behind the last row; when it comes near, the next page does. */
function End() {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = element;
    if (!current) return;
    const seen = new IntersectionObserver(([entry]) => void (entry?.isIntersecting && more()), {
      root: current.closest(".scroll"),
      rootMargin: AHEAD,
    });
    seen.observe(current);
    return () => seen.disconnect();
  }, [listing.value?.cursor]);
  return (
    <div ref={element} class="list-end" aria-busy={loadingMore.value}>
      {loadingMore.value && <RowSkeleton />}
      <span class="sr-only">{t("list_loading")}</span>
    </div>
  );
}
