/** What the browser's tab says: where one is, and how much is unread. */

import { effect, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { unread } from "../store/notifications";

const NAME = "Rejoinder";
const UNREAD_ICON = new URL("../icon-unread.svg", import.meta.url).href;

const parts = signal<readonly string[]>([]);

/** The title as long as the component is there, the innermost part first. */
export function useTitle(...given: (string | undefined)[]): void {
  const wanted = given.filter((part) => part !== undefined && part !== "") as string[];
  useEffect(() => {
    parts.value = wanted;
    return () => {
      if (parts.peek() === wanted) parts.value = [];
    };
  }, [wanted.join()]);
}

export const titleFor = (given: readonly string[], count: number): string =>
  `${count ? `(${count > 99 ? "99+" : count}) ` : ""}${[...given, NAME].join(" · ")}`;

/** Keeps title and icon of the tab current, until what it returns is called. */
export function keepTitle(): () => void {
  const icon = document.querySelector<HTMLLinkElement>("link[rel=icon]");
  const plain = icon?.href ?? "";
  return effect(() => {
    document.title = titleFor(parts.value, unread.value);
    if (icon) icon.href = unread.value ? UNREAD_ICON : plain;
  });
}
