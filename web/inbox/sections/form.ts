/** A form over something stored: what differs, what is wrong, and saving only the differences. */

import { useEffect, useState } from "preact/hooks";
import { ApiError } from "../../api/errors";
import { t } from "../../i18n";
import { toast } from "../../kit/toast";
import { tell } from "../shell/failure";
import { changesOf, forget, isSame, note } from "./unsaved";

export interface Form<T extends object> {
  values: T;
  changes: Partial<T>;
  isDirty: boolean;
  isBusy: boolean;
  set: (values: Partial<T>) => void;
  reset: () => void;
  save: () => Promise<void>;
  /** What a text field needs. */
  text: (name: keyof T & string) => {
    value: string;
    error: string | null;
    changed: boolean;
    onText: (text: string) => void;
  };
  /** What a switch needs. */
  toggle: (name: keyof T & string) => { checked: boolean; changed: boolean; onChange: (on: boolean) => void };
  isChanged: (name: keyof T & string) => boolean;
  error: (name: keyof T & string) => string | null;
}

/** `conversations_settings__widget_color` and `widget_domains.0` are about one field each. */
export const fieldOf = (attr: string): string => (attr.split("__").at(-1) ?? attr).split(/[.[]/)[0] ?? attr;

/** `id` names it among all forms; `save` is given what differs, and updates what is `stored`. */
export function useForm<T extends object>(
  id: string,
  stored: T,
  save: (changes: Partial<T>, all: T) => Promise<unknown>,
): Form<T> {
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [isBusy, setBusy] = useState(false);
  const changes = changesOf(id, stored);
  const values = { ...stored, ...changes };
  const isDirty = Object.keys(changes).length > 0;
  useEffect(() => void (isDirty || forget(id)), [id, isDirty]);

  function set(given: Partial<T>): void {
    note(id, given);
    setErrors((before) => Object.fromEntries(Object.entries(before).filter(([name]) => !(name in given))));
  }

  async function run(): Promise<void> {
    if (!isDirty || isBusy) return;
    setBusy(true);
    try {
      await save(changes, values);
      forgetSaved(id, changes, changesOf(id, stored));
      setErrors({});
      toast(t("saved"));
    } catch (error) {
      const name = error instanceof ApiError && error.attr ? fieldOf(error.attr) : "";
      if (error instanceof ApiError && name in values) setErrors({ [name]: error.detail });
      else tell(error);
    } finally {
      setBusy(false);
    }
  }

  const isChanged = (name: keyof T & string) => name in changes;
  const error = (name: keyof T & string) => errors[name] ?? null;
  return {
    values,
    changes,
    isDirty,
    isBusy,
    set,
    save: run,
    isChanged,
    error,
    reset: () => {
      forget(id);
      setErrors({});
    },
    text: (name) => ({
      value: String(values[name] ?? ""),
      error: error(name),
      changed: isChanged(name),
      onText: (text) => set({ [name]: text } as Partial<T>),
    }),
    toggle: (name) => ({
      checked: Boolean(values[name]),
      changed: isChanged(name),
      onChange: (on) => set({ [name]: on } as Partial<T>),
    }),
  };
}

/** Whoever goes on typing while it is saved keeps what came after. */
function forgetSaved<T extends object>(id: string, saved: Partial<T>, now: Partial<T>): void {
  const names = Object.keys(saved).filter((name) => isSame(saved[name as keyof T], now[name as keyof T]));
  forget(id, names);
}
