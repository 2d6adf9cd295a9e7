/** A macro against a ticket: its variables replaced, its changes as a patch. */

import type { Macro, MacroActions } from "../../../api/macros";
import type { RichNode } from "../../../api/messages";
import type { PatchTicket, Ticket } from "../../../api/types";
import { customerOf, emailOf } from "../../store/customer";
import { nameOf } from "../../store/session";
import { documentOf } from "./document";

interface Agent {
  first_name?: string;
  last_name?: string;
  email: string;
}

const VARIABLE = /\{\{\s*([\w.$ ]+?)\s*\}\}/g;

const first = (name: string): string => name.trim().split(/\s+/)[0] ?? "";

function plain(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

type Values = (name: string) => string | undefined;

/** The variables that every ticket has, and `person.properties.x` for what is known of the person. */
export const VARIABLES: Record<string, (ticket: Ticket, agent: Agent) => string> = {
  "person.name": calledBy,
  "person.first_name": (ticket) => first(calledBy(ticket)),
  "person.email": emailOf,
  "ticket.number": ({ ticket_number: number }) => String(number),
  "ticket.subject": ({ email_subject: subject }) => subject ?? "",
  "agent.name": (_, agent) => nameOf(agent),
  "agent.first_name": (_, agent) => agent.first_name || nameOf(agent),
  "agent.last_name": (_, agent) => agent.last_name ?? "",
  "agent.email": (_, agent) => agent.email,
};

/** An address is no name to call somebody by. */
function calledBy(ticket: Ticket): string {
  const name = ticket.person || emailOf(ticket) || ticket.anonymous_traits.name ? customerOf(ticket) : "";
  return name.includes("@") ? "" : name;
}

/** Other tools say `customer` for the person. */
export function valuesFor(ticket: Ticket, agent: Agent): Values {
  const properties = { ...ticket.anonymous_traits, ...ticket.person?.properties } as Record<string, unknown>;
  return (variable) => {
    const name = variable.replace(/^customer\./, "person.");
    const own = /^person\.properties\.(.+)$/.exec(name)?.[1];
    return own ? plain(properties[own]) : VARIABLES[name]?.(ticket, agent);
  };
}

/** Known variables replaced. Unknown ones stay, so that one sees them before sending. */
export const filled = (text: string, values: Values): string =>
  text.replace(VARIABLE, (whole, name: string) => values(name) ?? whole);

function filledNode(node: RichNode, values: Values): RichNode | null {
  if (node.type === "text") {
    const text = filled(node.text ?? "", values);
    return text ? { ...node, text } : null;
  }
  if (!node.content) return node;
  return { ...node, content: node.content.flatMap((child) => filledNode(child, values) ?? []) };
}

/** What is put into the editor; null when the macro only changes the ticket. */
export function documentFor(macro: Macro, ticket: Ticket, agent: Agent): RichNode | null {
  const values = valuesFor(ticket, agent);
  if (macro.rich_content) return filledNode(macro.rich_content as unknown as RichNode, values);
  return macro.content.trim() ? documentOf(filled(macro.content, values)) : null;
}

/** What the macro makes of the ticket, without what it is already. */
export function changesOf(actions: MacroActions, ticket: Ticket): PatchTicket {
  const { status, priority, tags, assignee } = actions;
  const added = (tags ?? []).filter((tag) => !ticket.tags.includes(tag));
  const has = ticket.assignee;
  const isSame = assignee && has && assignee.type === has.type && String(assignee.id) === String(has.id);
  return {
    ...(status && status !== ticket.status && { status }),
    ...(priority && priority !== ticket.priority && { priority }),
    ...(added.length && { tags: added }),
    ...(assignee && !isSame && { assignee }),
  } as PatchTicket;
}
