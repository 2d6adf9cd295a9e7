/** For dialogs: one attempt at a time, and what is wrong beside the field that it is about. */

import { useState } from "preact/hooks";
import { ApiError } from "../../api/errors";
import { tell } from "../shell/failure";
import { fieldOf } from "./form";

interface Refusal {
  about: (field: string) => string | null;
  busy: boolean;
  attempt: (deed: () => Promise<unknown>) => Promise<void>;
}

/** What is about none of the `fields` is told in passing. */
export function useRefusal(fields: readonly string[]): Refusal {
  const [wrong, setWrong] = useState<{ field: string; text: string } | null>(null);
  const [busy, setBusy] = useState(false);

  async function attempt(deed: () => Promise<unknown>): Promise<void> {
    setBusy(true);
    setWrong(null);
    try {
      await deed();
    } catch (error) {
      const field = error instanceof ApiError && error.attr ? fieldOf(error.attr) : "";
      if (error instanceof ApiError && fields.includes(field)) setWrong({ field, text: error.detail });
      else tell(error);
    }
    setBusy(false);
  }

  return { about: (field) => (wrong?.field === field ? wrong.text : null), busy, attempt };
}
