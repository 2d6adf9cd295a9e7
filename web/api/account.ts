/** The caller's own account: names, password, browsers and keys. */

import { api, body } from "./client";
import type { ApiKey, KeyBody, Me, NewApiKey, Session } from "./types";

const ME = "/api/users/@me";
const SESSIONS = `${ME}/sessions` as const;
const KEYS = "/api/personal_api_keys";
const RESET = "/api/password_reset";

const key = (id: string) => ({ params: { path: { key_id: id } } });

export const rename = (names: { first_name?: string; last_name?: string }): Promise<Me> =>
  body(api.PATCH(ME, { body: names }));

/** Preferences are merged by name; null unsets one. */
export const prefer = (preferences: Record<string, unknown>): Promise<Me> =>
  body(api.PATCH(ME, { body: { preferences } }));

/** Ends all other sessions. */
export const changePassword = (current_password: string, password: string): Promise<Me> =>
  body(api.PATCH(ME, { body: { current_password, password } }));

export const sessions = async (): Promise<Session[]> => (await body(api.GET(SESSIONS))).results;

export const endSession = (session_id: string) =>
  api.DELETE(`${SESSIONS}/{session_id}`, { params: { path: { session_id } } });

export const endOtherSessions = async (): Promise<number> =>
  (await body(api.POST(`${SESSIONS}/end_others`))).ended;

export const keys = async (): Promise<ApiKey[]> => (await body(api.GET(KEYS))).results;

/** Its value is told this once. */
export const createKey = (wanted: KeyBody): Promise<NewApiKey> => body(api.POST(KEYS, { body: wanted }));

export const changeKey = (id: string, changes: Partial<KeyBody>): Promise<ApiKey> =>
  body(api.PATCH(`${KEYS}/{key_id}`, { ...key(id), body: changes }));

export const revokeKey = (id: string) => api.DELETE(`${KEYS}/{key_id}`, key(id));

/** Mails a link if somebody has the address; nobody is told whether. */
export const askForReset = (email: string) => api.POST(RESET, { body: { email } });

export const confirmReset = (token: string, password: string): Promise<Me> =>
  body(api.POST(`${RESET}/confirm`, { body: { token, password } }));
