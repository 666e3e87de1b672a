// Shows what is pushed, and does what its buttons say, with no page open. It keeps nothing and answers no requests.

const FALLBACK = { id: "todo", title: "A reminder is due", body: "Open your list to see it.", url: "/", task_id: null, actions: [] };

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("push", (event) => event.waitUntil(show(read(event.data))));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(event.action ? act(event.notification, event.action) : open(event.notification.data?.url));
});
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(subscribeAgain(event)));

/** What was pushed. A message that can't be read is shown too: a browser ends the subscription of who shows nothing. */
function read(data) {
  try {
    const given = data?.json();
    return typeof given?.title === "string" ? { ...FALLBACK, ...given } : FALLBACK;
  } catch {
    return FALLBACK;
  }
}

/** The tag folds what comes twice, by push and by the open page or after a crash: it is shown once, and sounds once. */
function show(notice) {
  const actions = Array.isArray(notice.actions) ? notice.actions : [];
  return self.registration.showNotification(notice.title, {
    body: notice.body,
    tag: notice.id,
    data: { id: notice.id, url: notice.url, task_id: notice.task_id, title: notice.title, tokens: Object.fromEntries(actions.map(({ action, token }) => [action, token])) },
    actions: actions.map(({ action, title }) => ({ action, title })),
    icon: "/icon.svg",
  });
}

/** The address of this origin that is to be opened; the list for any other. */
function addressOf(url) {
  try {
    const target = new URL(url ?? "/", self.location.origin);
    return target.origin === self.location.origin ? target : new URL("/", self.location.origin);
  } catch {
    return new URL("/", self.location.origin);
  }
}

/** Bring an open page to the front and tell it where to go, or open one. */
async function open(url) {
  const target = addressOf(url);
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const page = pages.find(({ focused }) => focused) ?? pages.find(({ visibilityState }) => visibilityState === "visible") ?? pages[0];
  if (!page) return self.clients.openWindow(target);
  // Focus first: a click allows it for a moment only, and going elsewhere would use that up.
  await page.focus().catch(() => undefined);
  page.postMessage({ kind: "open", path: target.pathname + target.search });
}

const SNOOZE = { snooze10: { minutes: 10 }, tomorrow: { tomorrow: true } };

/** The request of a button: by the signed token of a push, which needs no session, else by the page's own session. */
function requestOf({ tokens, task_id: task }, action) {
  const token = tokens?.[action];
  if (token) return [`/api/reminders/act?token=${encodeURIComponent(token)}`];
  const path = `/api/tasks/${encodeURIComponent(task)}`;
  return action === "done" ? [`${path}/complete`] : [`${path}/snooze`, SNOOZE[action]];
}

/** Do what the button says; what failed is shown in its place, and says why. */
async function act(notification, action) {
  const [path, body] = requestOf(notification.data ?? {}, action);
  const headers = { Accept: "application/json", ...(body ? { "Content-Type": "application/json" } : {}) };
  const answer = await fetch(path, { method: "POST", headers, body: body && JSON.stringify(body) }).catch(() => null);
  if (answer?.ok) return;
  const { detail } = answer ? await answer.json().catch(() => ({})) : {};
  const reason = typeof detail === "string" ? detail : "The todo service can’t be reached right now.";
  const { tag, data, title } = notification;
  await self.registration.showNotification(title, { tag, data, body: `Nothing was changed. ${reason}`, icon: "/icon.svg" });
}

/** The browser has ended a subscription: make another of the same key, and tell the server. */
async function subscribeAgain(event) {
  const key = event.oldSubscription?.options.applicationServerKey;
  const subscription = event.newSubscription ?? (key && (await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })));
  if (!subscription) return;
  const body = JSON.stringify({ kind: "push", subscription: subscription.toJSON(), label: "This browser, renewed" });
  await fetch("/api/channels", { method: "POST", headers: { "Content-Type": "application/json" }, body });
}
