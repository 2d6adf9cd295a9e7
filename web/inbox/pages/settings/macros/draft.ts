/** A macro as a form has it, and back. */

import type { Macro, MacroIn } from "../../../../api/macros";
import type { Priority, Status } from "../../../../api/types";

export interface Draft {
  name: string;
  description: string;
  content: string;
  status: Status | "";
  priority: Priority | "";
  tags: string;
  /** `user:7` or `role:…`. */
  assignee: string;
  visibility: Macro["visibility"];
}

export function draftOf(macro: Macro | null): Draft {
  const { status, priority, tags, assignee } = macro?.actions ?? {};
  return {
    name: macro?.name ?? "",
    description: macro?.description ?? "",
    content: macro?.content ?? "",
    status: status ?? "",
    priority: priority ?? "",
    tags: (tags ?? []).join(", "),
    assignee: assignee ? `${assignee.type}:${assignee.id}` : "",
    visibility: macro?.visibility ?? "team",
  };
}

export function macroOf(draft: Draft, before: Macro | null): MacroIn & { name: string } {
  const { name, description, content, visibility, status, priority, tags, assignee } = draft;
  const [type, id = ""] = assignee.split(":");
  return {
    name: name.trim(),
    description: description.trim(),
    content,
    visibility,
    // A text that was written over is no longer what the document says.
    ...(before?.rich_content && before.content !== content && { rich_content: null }),
    actions: {
      ...(status && { status }),
      ...(priority && { priority }),
      tags: tags
        .split(",")
        .map((tag) => tag.trim())
        .filter(Boolean),
      assignee: type === "user" ? { type, id: Number(id) } : type === "role" ? { type, id } : null,
    },
  };
}

/** A macro that neither says nor does anything is none. */
export const isUseful = ({ name, content, status, priority, tags, assignee }: Draft): boolean =>
  Boolean(name.trim() && (content.trim() || status || priority || tags.trim() || assignee));

/** The text with something put where the caret is, and where the caret is then. */
export function inserted(text: string, what: string, from: number, to: number): [text: string, at: number] {
  return [text.slice(0, from) + what + text.slice(to), from + what.length];
}
