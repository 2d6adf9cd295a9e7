/** Each filter: its sign, how it is chosen, and among what. */

import {
  AlarmClock,
  AtSign,
  Ban,
  CalendarArrowDown,
  CalendarArrowUp,
  ChartNoAxesColumnIncreasing,
  CircleDot,
  Fingerprint,
  Hourglass,
  type LucideIcon,
  MailOpen,
  MessageCircle,
  MessagesSquare,
  Sparkles,
  Tag,
  Tags,
  UserRound,
} from "lucide-preact";
import { type Key, language, t } from "../../../../i18n";
import { CHANNELS } from "../../../parts/channel-icon";
import { assigneeOf, PRIORITIES, STATUSES } from "../../../parts/choices";
import { type Filter, items } from "../../../store/filters";
import { assigneeName } from "../../../store/team";

export type Way = "many" | "one" | "assignee" | "tags" | "date" | "text";

interface Kind {
  icon: LucideIcon;
  way: Way;
  values?: readonly string[];
}

const YES_NO = ["true", "false"];
const DETAILS = [
  "widget_embedded",
  "widget_api",
  "slack_channel_message",
  "slack_bot_mention",
  "slack_emoji_reaction",
  "teams_channel_message",
  "teams_bot_mention",
  "github_issue",
];
const TRIAGE = [
  "persisted",
  "suggested",
  "suggested_clarification",
  "clarified",
  "escalated_with_findings",
  "escalated_with_best",
  "escalated_no_reply",
  "skipped_unactionable",
  "blocked_unsafe",
  "blocked_unsafe_reply",
  "in_progress",
];

export const KINDS: Record<Filter, Kind> = {
  status: { icon: CircleDot, way: "many", values: STATUSES },
  assignee: { icon: UserRound, way: "assignee" },
  priority: { icon: ChartNoAxesColumnIncreasing, way: "many", values: PRIORITIES },
  tags: { icon: Tag, way: "tags" },
  tags_all: { icon: Tags, way: "tags" },
  tags_exclude: { icon: Ban, way: "tags" },
  channel_source: { icon: MessageCircle, way: "one", values: Object.keys(CHANNELS) },
  channel_detail: { icon: MessagesSquare, way: "one", values: DETAILS },
  unread: { icon: MailOpen, way: "one", values: YES_NO },
  sla: { icon: Hourglass, way: "one", values: ["breached", "at-risk", "on-track"] },
  snoozed: { icon: AlarmClock, way: "one", values: YES_NO },
  date_from: { icon: CalendarArrowUp, way: "date" },
  date_to: { icon: CalendarArrowDown, way: "date" },
  emails: { icon: AtSign, way: "text" },
  distinct_ids: { icon: Fingerprint, way: "text" },
  ai_triage_result: { icon: Sparkles, way: "many", values: TRIAGE },
};

export const titleOfFilter = (name: Filter): string => t(`filter_${name}` satisfies Key);

export const DATES = {
  "0dStart": "date_today",
  "-24h": "date_24h",
  "-7d": "date_7d",
  "-30d": "date_30d",
  "-90d": "date_90d",
} as const satisfies Record<string, Key>;

/** Names of the server's own, made readable: nobody needs them in three languages. */
const spaced = (text: string): string => text.replaceAll("_", " ");

const TEXTS: Partial<Record<Filter, (value: string) => string>> = {
  status: (value) => t(`status_${value}` as Key),
  priority: (value) => t(`priority_${value}` as Key),
  channel_source: (value) => t(`channel_${value}` as Key),
  channel_detail: spaced,
  ai_triage_result: spaced,
  sla: (value) => t(`sla_${value}` as Key),
  unread: (value) => t(value === "true" ? "yes" : "no"),
  snoozed: (value) => t(value === "true" ? "yes" : "no"),
  assignee: (value) => (value === "me" ? t("me") : assigneeName(assigneeOf(value)) || value),
  date_from: date,
  date_to: date,
};

function date(value: string): string {
  const known = DATES[value as keyof typeof DATES];
  if (known) return t(known);
  const day = new Date(value.length === 10 ? `${value}T00:00` : value);
  return Number.isNaN(day.getTime())
    ? value
    : new Intl.DateTimeFormat(language.value, { dateStyle: "medium" }).format(day);
}

export const textOf = (name: Filter, value: string): string => (TEXTS[name]?.(value) ?? value) || value;

const SHOWN = 3;

/** What a chip says of its values. */
export function summary(name: Filter, value: string): string {
  const values = items(name, value).map((item) => textOf(name, item));
  const more = values.length > SHOWN ? ` +${values.length - SHOWN}` : "";
  return (
    new Intl.ListFormat(language.value, { type: "unit", style: "short" }).format(values.slice(0, SHOWN)) +
    more
  );
}
