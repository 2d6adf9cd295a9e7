/** Whom a ticket is from. */

import type { Ticket } from "../../api/types";
import { t } from "../../i18n";
import { textIn, visible } from "./profile";

const said = ({ person, anonymous_traits }: Ticket, name: string): string =>
  textIn(person?.properties ?? {}, name) || textIn(anonymous_traits, name);

export const emailOf = (ticket: Ticket): string => said(ticket, "email") || visible(ticket.email_from);

/** The name that is known or claimed, else the address, else nobody's. */
export const customerOf = (ticket: Ticket): string =>
  said(ticket, "name") || emailOf(ticket) || t("anonymous");
