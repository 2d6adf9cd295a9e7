/** Webhooks, and what became of each event that was sent. */

import { api, body } from "./client";
import type { Delivery, Webhook, WebhookBody } from "./types";

const WEBHOOKS = "/api/projects/{project_id}/webhooks";
const WEBHOOK = `${WEBHOOKS}/{webhook_id}` as const;
const DELIVERIES = `${WEBHOOK}/deliveries` as const;

const in_ = (project: number) => ({ project_id: String(project) });
const of = (project: number, webhook_id: string) => ({ params: { path: { ...in_(project), webhook_id } } });

export const list = async (project: number): Promise<Webhook[]> =>
  (await body(api.GET(WEBHOOKS, { params: { path: in_(project) } }))).results;

export const retrieve = (project: number, id: string): Promise<Webhook> =>
  body(api.GET(WEBHOOK, of(project, id)));

/** The secret is told this once. */
export const create = (project: number, wanted: WebhookBody): Promise<{ webhook: Webhook; secret: string }> =>
  body(api.POST(WEBHOOKS, { params: { path: in_(project) }, body: wanted }));

export const change = (project: number, id: string, changes: Partial<WebhookBody>): Promise<Webhook> =>
  body(api.PATCH(WEBHOOK, { ...of(project, id), body: changes }));

export const remove = (project: number, id: string) => api.DELETE(WEBHOOK, of(project, id));

/** The new secret is told this once; the one before signs, too, for a day. */
export const rotateSecret = async (project: number, id: string): Promise<string> =>
  (await body(api.POST(`${WEBHOOK}/rotate_secret`, of(project, id)))).secret;

export const removeSecret = (project: number, webhook_id: string, secret_id: string) =>
  api.DELETE(`${WEBHOOK}/secrets/{secret_id}`, {
    params: { path: { ...in_(project), webhook_id, secret_id } },
  });

export const test = (project: number, id: string) => api.POST(`${WEBHOOK}/test`, of(project, id));

export interface DeliveryPage {
  results: Delivery[];
  cursor: string | null;
}

export async function deliveries(
  project: number,
  id: string,
  state: Delivery["state"] | "",
  cursor = "",
): Promise<DeliveryPage> {
  const query = { limit: 25, ...(state && { state }), ...(cursor && { cursor }) };
  const { path } = of(project, id).params;
  const { results, next } = await body(api.GET(DELIVERIES, { params: { path, query } }));
  return { results, cursor: next ? new URL(next, location.origin).searchParams.get("cursor") : null };
}

/** With the request as it is sent; null where its webhook may not be sent it. */
export const delivery = (
  project: number,
  webhook_id: string,
  delivery_id: string,
): Promise<{ delivery: Delivery; request: object | null }> =>
  body(
    api.GET(`${DELIVERIES}/{delivery_id}`, {
      params: { path: { ...in_(project), webhook_id, delivery_id } },
    }),
  );

export const redeliver = (project: number, webhook_id: string, delivery_id: string) =>
  api.POST(`${DELIVERIES}/{delivery_id}/redeliver`, {
    params: { path: { ...in_(project), webhook_id, delivery_id } },
  });
