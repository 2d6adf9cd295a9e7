import type { FunctionComponent } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { speakLate } from "../../../i18n";
import type { WritingProps } from "./writing";

type Writing = FunctionComponent<WritingProps>;

let kept: Writing | undefined;

async function load(): Promise<Writing> {
  const [found] = await Promise.all([import("./writing"), speakLate()]);
  return (kept ??= found.default);
}

/** While one is in the middle of a sign that takes several keys, the field stays. */
const whenComposed = (field: HTMLElement, isComposing: boolean): Promise<unknown> =>
  isComposing
    ? new Promise((resolve) => field.addEventListener("compositionend", resolve, { once: true }))
    : Promise.resolve();

/** The whole composer, fetched while nothing else is to be done and shown when somebody writes. */
export function useWriting(isNeeded: boolean) {
  const [Loaded, setLoaded] = useState<Writing | null>(null);
  const caret = useRef<number | null>(null);
  const show = () => load().then((found) => setLoaded(() => found));
  useEffect(() => {
    const idle = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 1_000));
    idle(() => void load().catch(() => undefined));
  }, []);
  useEffect(() => {
    // Without a line it stays the plain field, which sends, too.
    if (isNeeded) show().catch(() => undefined);
  }, [isNeeded]);

  function begin(field: HTMLTextAreaElement): void {
    let isComposing = false;
    field.addEventListener("compositionstart", () => (isComposing = true));
    field.addEventListener("compositionend", () => (isComposing = false));
    load()
      .then(async (found) => {
        await whenComposed(field, isComposing);
        caret.current = document.activeElement === field ? field.selectionStart : null;
        setLoaded(() => found);
      })
      .catch(() => undefined);
  }

  return { Loaded, caret: caret.current, begin };
}
