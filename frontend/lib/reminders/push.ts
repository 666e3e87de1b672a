"use client";

import { addChannel, readPushKey, removeChannel, type Channel } from "@/lib/api/channels";

/** Whether this browser can be notified with the page closed, and is. */
export type PushState = "unsupported" | "insecure" | "denied" | "off" | "on";

const KEPT = "todo-push";

/** What this browser knows of its own channel: whose it is, its id, and the address that the server was given. */
interface Kept {
  user: string;
  channel: string;
  endpoint: string;
}

function readKept(): Kept | null {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "null") as Kept | null;
  } catch {
    return null;
  }
}

function keep(kept: Kept | null): void {
  try {
    if (kept) localStorage.setItem(KEPT, JSON.stringify(kept));
    else localStorage.removeItem(KEPT);
  } catch (error) {
    console.warn("That this browser is notified could not be stored.", error);
  }
}

const isSupported = (): boolean => "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

/** Have the worker ready before a click needs it: Safari asks for permission only while the click still counts. */
export async function registerWorker(): Promise<ServiceWorkerRegistration | null> {
  if (!isSupported()) return null;
  try {
    await navigator.serviceWorker.register("/sw.js", { scope: "/", updateViaCache: "none" });
    return await navigator.serviceWorker.ready;
  } catch (error) {
    console.warn("Notifications are not possible here: the service worker was refused.", error);
    return null;
  }
}

/** The state of this browser for this user. */
export async function readPushState(user: string): Promise<PushState> {
  if (!window.isSecureContext) return "insecure";
  if (!isSupported()) return "unsupported";
  if (Notification.permission === "denied") return "denied";
  const registration = await navigator.serviceWorker.getRegistration();
  const subscription = await registration?.pushManager.getSubscription();
  const kept = readKept();
  return subscription && kept?.user === user && kept.endpoint === subscription.endpoint ? "on" : "off";
}

function bytesOf(key: string): Uint8Array<ArrayBuffer> {
  const text = atob(key.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

const isKey = (known: ArrayBuffer | null | undefined, key: Uint8Array): boolean =>
  known != null && String(new Uint8Array(known)) === String(key);

/** The sentence for a subscription that the browser refused. */
export class NotSubscribedError extends Error {}

function refusal(error: unknown): NotSubscribedError {
  if (error instanceof DOMException && error.name === "NotAllowedError") {
    return new NotSubscribedError("Notifications are blocked for this page. Allow them in the browser’s settings for this site, then try again.");
  }
  return new NotSubscribedError("This browser’s push service can’t be reached, so it can’t be notified with the page closed.");
}

/** A subscription under the server's key; one of another key is ended, which the browser would else insist on. */
async function subscribe(key: string): Promise<PushSubscription> {
  const registration = await navigator.serviceWorker.ready;
  const applicationServerKey = bytesOf(key);
  const known = await registration.pushManager.getSubscription();
  if (known && isKey(known.options.applicationServerKey, applicationServerKey)) return known;
  try {
    await known?.unsubscribe();
    return await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
  } catch (error) {
    throw refusal(error);
  }
}

/** "Chromium on Linux": what the list of channels calls this browser. */
export function browserName(agent = navigator.userAgent): string {
  const browsers: [RegExp, string][] = [[/Edg/, "Edge"], [/OPR/, "Opera"], [/Firefox|FxiOS/, "Firefox"], [/Chrom|CriOS/, "Chrome"], [/Safari/, "Safari"]];
  const systems: [RegExp, string][] = [[/iPhone/, "iPhone"], [/iPad/, "iPad"], [/Android/, "Android"], [/Windows/, "Windows"], [/Mac OS/, "macOS"], [/Linux|CrOS/, "Linux"]];
  const first = (names: [RegExp, string][]) => names.find(([pattern]) => pattern.test(agent))?.[1];
  return [first(browsers) ?? "Browser", first(systems)].filter(Boolean).join(" on ");
}

async function tell(user: string, subscription: PushSubscription): Promise<Channel> {
  const json = typeof subscription.toJSON === "function" ? subscription.toJSON() : (subscription as PushSubscriptionJSON);
  const channel = await addChannel({ kind: "push", subscription: json, label: browserName() });
  keep({ user, channel: channel.id, endpoint: subscription.endpoint });
  return channel;
}

/** Subscribe this browser and make it a channel; `key` is the server's, read before the click. Raises NotSubscribedError or ApiError. */
export async function switchPushOn(user: string, key: string): Promise<Channel> {
  return tell(user, await subscribe(key));
}

/** End this browser's subscription, and its channel. */
export async function switchPushOff(): Promise<void> {
  const kept = readKept();
  keep(null);
  const registration = await navigator.serviceWorker?.getRegistration();
  await (await registration?.pushManager?.getSubscription())?.unsubscribe();
  if (kept) await removeChannel(kept.channel);
}

/** Browsers end or change subscriptions without a word: see at each visit that the server has the one that holds. */
export async function renewPush(user: string): Promise<void> {
  const kept = readKept();
  if (kept?.user !== user || !isSupported() || Notification.permission !== "granted") return;
  const subscription = await subscribe(await readPushKey());
  if (subscription.endpoint !== kept.endpoint) await tell(user, subscription);
}

/** True for the channel that is this very browser. */
export const isThisBrowser = (channel: Channel): boolean => readKept()?.channel === channel.id;
