/** One project's settings and tokens. */

import { api, body } from "./client";
import type { Project, Status } from "./types";

const PROJECT = "/api/projects/{project_id}";
const of = (id: number) => ({ params: { path: { project_id: String(id) } } });

/** What a project may set; what is absent is as the server has it by default. */
export interface ConversationsSettings {
  widget_enabled?: boolean;
  widget_domains?: string[];
  widget_greeting_text?: string;
  widget_placeholder_text?: string;
  widget_color?: string;
  widget_require_email?: boolean;
  widget_collect_name?: boolean;
  widget_identification_form_title?: string;
  widget_identification_form_description?: string;
  widget_position?: Position;
  widget_attachments_enabled?: boolean;
  restore_enabled?: boolean;
  reopen_on_customer_reply?: boolean;
  status_on_team_reply?: Status | null;
  notification_recipients?: (string | number)[];
}
export type Position = "bottom_right" | "bottom_left" | "top_right" | "top_left";
/** Null goes back to the default. */
export type SettingsPatch = { [Name in keyof ConversationsSettings]: ConversationsSettings[Name] | null };

export const retrieve = (id: number): Promise<Project> => body(api.GET(PROJECT, of(id)));

export const settingsOf = (project: Project): ConversationsSettings & { widget_public_token: string } =>
  project.conversations_settings as unknown as ConversationsSettings & { widget_public_token: string };

export const rename = (id: number, name: string): Promise<Project> =>
  body(api.PATCH(PROJECT, { ...of(id), body: { name } }));

export const changeSettings = (id: number, changes: SettingsPatch): Promise<Project> =>
  body(api.PATCH(PROJECT, { ...of(id), body: { conversations_settings: changes } }));

export const switchConversations = (id: number, on: boolean): Promise<Project> =>
  body(api.PATCH(PROJECT, { ...of(id), body: { conversations_enabled: on } }));

export const rotateWidgetToken = (id: number): Promise<Project> =>
  body(api.POST(`${PROJECT}/generate_conversations_public_token`, of(id)));

export const rotateSecret = (id: number): Promise<Project> =>
  body(api.POST(`${PROJECT}/rotate_secret_token`, of(id)));

/** Signatures by the secret before the present one are refused from now on. */
export const deleteSecretBackup = (id: number): Promise<Project> =>
  body(api.POST(`${PROJECT}/delete_secret_token_backup`, of(id)));
