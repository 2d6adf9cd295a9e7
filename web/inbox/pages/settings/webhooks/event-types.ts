/** What can be sent, by what it is about; named as in the documentation of events. */

const named = (subject: string, deeds: string): string[] =>
  deeds.split(" ").map((deed) => `${subject}.${deed}`);

export const PUBLIC_TYPES: string[] = [
  ...named("message", "received sent edited deleted moved delivery_failed"),
  ...named(
    "ticket",
    "created status_changed assigned priority_changed tagged snoozed sla_changed merged absorbed unmerged " +
      "customer_changed traits_changed escalation_reason_changed ai_resolved_changed marked_unread " +
      "read_by_team read_by_customer reclaimed deleted restored purged",
  ),
  ...named("person", "created changed linked merged"),
  ...named("webhook", "disabled"),
];

/** Only where notes are sent, too. */
export const PRIVATE_TYPES: string[] = named("note", "added edited deleted moved");

export const typesFor = (isPublicOnly: boolean): string[] =>
  isPublicOnly ? PUBLIC_TYPES : [...PUBLIC_TYPES, ...PRIVATE_TYPES];
