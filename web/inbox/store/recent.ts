/** The tickets that were open lately, the latest first. */

import { effect, signal } from "@preact/signals";
import { current } from "./acting";
import * as cache from "./cache";
import { project } from "./session";

const MOST = 20;

export const recent = signal<readonly string[]>([]);

/** `id` before all others. */
export const ahead = (ids: readonly string[], id: string): readonly string[] =>
  [id, ...ids.filter((each) => each !== id)].slice(0, MOST);

/** Remembers what is opened in this project, until what it returns is called. */
export function remember(): () => void {
  const shelf = `recent:${project.peek()?.id}`;
  recent.value = [];
  const put = (ids: readonly string[]) => {
    recent.value = ids;
    void cache.keep("lists", [{ id: shelf, data: ids }]);
  };
  void cache.recall<string[]>("lists", shelf).then((kept) => {
    if (kept && shelf === `recent:${project.peek()?.id}`) put(recent.peek().reduceRight(ahead, kept));
  });
  return effect(() => {
    const id = current.value?.id;
    if (id && recent.peek()[0] !== id) put(ahead(recent.peek(), id));
  });
}
