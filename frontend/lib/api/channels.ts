import { ask, type ChannelKind } from "./reminders";

/** A channel as it is listed: everything but its address. `off` means shut off for good, as `reason` says. */
export interface Channel {
  id: string;
  kind: ChannelKind;
  label: string;
  hint: string;
  on: boolean;
  state: "ok" | "failing" | "off";
  reason: string | null;
  verified_at: string | null;
  created_at: string;
  last_sent_at: string | null;
}

/** Which kinds this server has, and by Apprise which services. */
export interface ChannelKinds {
  page: boolean;
  push: boolean;
  email: boolean;
  apprise: boolean;
  services: string[];
}

export type NewChannel =
  | { kind: "push"; subscription: PushSubscriptionJSON; label: string }
  | { kind: "email" }
  | { kind: "apprise"; url: string; label?: string };

/** The queries' keys. */
export const CHANNELS = ["channels"] as const;
export const CHANNEL_KINDS = ["channel-kinds"] as const;
export const PUSH_KEY = ["push-key"] as const;

const pathOf = (id: string): string => `/api/channels/${encodeURIComponent(id)}`;

export async function listChannels(signal?: AbortSignal): Promise<Channel[]> {
  return (await ask<Channel[]>("GET", "/api/channels", undefined, signal)).value;
}

export async function readChannelKinds(signal?: AbortSignal): Promise<ChannelKinds> {
  return (await ask<ChannelKinds>("GET", "/api/channels/kinds", undefined, signal)).value;
}

/** What a browser subscribes under, in base64url. */
export async function readPushKey(signal?: AbortSignal): Promise<string> {
  return (await ask<{ public_key: string }>("GET", "/api/push/key", undefined, signal)).value.public_key;
}

/** Set a channel up, or switch on again the one that has this address. */
export async function addChannel(channel: NewChannel): Promise<Channel> {
  return (await ask<Channel>("POST", "/api/channels", channel)).value;
}

export async function switchChannel({ id, on }: { id: string; on: boolean }): Promise<Channel> {
  return (await ask<Channel>("PATCH", pathOf(id), { on })).value;
}

export async function removeChannel(id: string): Promise<void> {
  await ask("DELETE", pathOf(id));
}

/** Send a test by it now. */
export async function testChannel(id: string): Promise<void> {
  await ask("POST", `${pathOf(id)}/test`);
}
