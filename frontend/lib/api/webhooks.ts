import { answerOf, client, type Schemas } from "@/lib/client";

export type Webhook = Schemas["WebhookOut"];
export type MadeWebhook = Schemas["MadeWebhookOut"];
export type NewWebhook = Schemas["WebhookCreate"];
export type WebhookPatch = Schemas["WebhookPatch"];
export type WebhookEvent = Webhook["events"][number];
export type Delivery = Schemas["DeliveryOut"];
export type DeliveryPage = Schemas["DeliveryPage"];

/** The queries' keys. */
export const WEBHOOKS = ["webhooks"] as const;
export const deliveriesOf = (id: string) => ["webhooks", id, "deliveries"] as const;

const at = (webhook_id: string) => ({ path: { webhook_id } });

export async function listWebhooks(signal?: AbortSignal): Promise<Webhook[]> {
  return (await answerOf(client.GET("/api/webhooks", { signal }))).data;
}

/** The answer is the only one that holds the secret. */
export async function makeWebhook(body: NewWebhook): Promise<MadeWebhook> {
  return (await answerOf(client.POST("/api/webhooks", { body }))).data;
}

export async function changeWebhook({ id, ...body }: WebhookPatch & { id: string }): Promise<Webhook> {
  return (await answerOf(client.PATCH("/api/webhooks/{webhook_id}", { params: at(id), body }))).data;
}

export async function removeWebhook(id: string): Promise<void> {
  await answerOf(client.DELETE("/api/webhooks/{webhook_id}", { params: at(id) }));
}

/** A new secret; the one before signs beside it for a day. */
export async function renewSecret(id: string): Promise<MadeWebhook> {
  return (await answerOf(client.POST("/api/webhooks/{webhook_id}/secret", { params: at(id) }))).data;
}

export async function testWebhook(id: string): Promise<Delivery> {
  return (await answerOf(client.POST("/api/webhooks/{webhook_id}/test", { params: at(id) }))).data;
}

export async function listDeliveries(id: string, cursor: string | undefined, signal?: AbortSignal): Promise<DeliveryPage> {
  const params = { ...at(id), query: { limit: 20, ...(cursor ? { cursor } : {}) } };
  return (await answerOf(client.GET("/api/webhooks/{webhook_id}/deliveries", { params, signal }))).data;
}

/** Send it now, under the same id. */
export async function redeliver({ id, delivery }: { id: string; delivery: string }): Promise<Delivery> {
  const params = { path: { webhook_id: id, delivery_id: delivery } };
  return (await answerOf(client.POST("/api/webhooks/{webhook_id}/deliveries/{delivery_id}/redeliver", { params }))).data;
}
