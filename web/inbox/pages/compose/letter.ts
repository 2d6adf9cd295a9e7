/** What is sent of what was written. */

import type { Letter } from "../../../api/compose";
import { type Composing, tagsIn } from "../../store/composing";

/** How it reaches them; null when it cannot. */
export function wayOf({ to, way }: Composing, mails: boolean): "email" | "widget" | null {
  if (!to) return null;
  const ways = [mails && to.email && "email", to.distinctId && "widget"].filter(Boolean);
  return ways.includes(way) ? way : ((ways[0] || null) as "email" | "widget" | null);
}

export function letterOf(written: Composing, way: "email" | "widget"): Letter {
  const { to, subject, message, tags } = written;
  return {
    message: message.trim(),
    tags: tagsIn(tags),
    ...(to?.distinctId && { recipient_distinct_id: to.distinctId }),
    ...(way === "email" && {
      recipient_email: to?.email ?? "",
      ...(subject.trim() && { email_subject: subject.trim() }),
    }),
  };
}
