/** The nouns of the API under short names. */

import type { components } from "./schema.generated";

type Schemas = components["schemas"];

export type Ticket = Schemas["TicketOut"];
export type Status = Ticket["status"];
export type Priority = NonNullable<Ticket["priority"]>;
export type Channel = Ticket["channel_source"];
export type Assignee = NonNullable<Ticket["assignee"]>;
export type Person = NonNullable<Ticket["person"]>;
export type Message = Schemas["MessageOut"];
export type Attachment = Schemas["AttachmentOut"];
export type Happened = Schemas["Happened"];
export type LoggedEvent = Schemas["EventOut"];
export type PatchTicket = Schemas["PatchTicket"];
export type Project = Schemas["ProjectOut"];
export type Me = Schemas["Me"];
export type Level = Me["organizations"][number]["level"];
export type Organization = Schemas["OrganizationOut"];
export type Member = Schemas["MemberOut"];
export type Invite = Schemas["InviteOut"];
export type Invitation = Schemas["InvitationOut"];
export type Role = Schemas["RoleOut"];
export type Webhook = Schemas["WebhookOut"];
export type WebhookBody = Schemas["WebhookBody"];
export type Delivery = Schemas["DeliveryOut"];
export type Session = Schemas["SessionOut"];
export type ApiKey = Schemas["KeyOut"];
export type NewApiKey = Schemas["NewKeyOut"];
export type KeyBody = Schemas["KeyBody"];
