import type { QueryClient } from "@tanstack/react-query";
import { getSession } from "@/lib/api/auth";
import type { Change } from "@/lib/api/types";
import { CHANNELS } from "@/lib/api/channels";
import { COMING } from "@/lib/api/reminders";
import { receive, settleBy } from "@/lib/reminders/inbox";
import { noteReminder } from "@/lib/reminders/offer";
import { readNotice } from "@/lib/reminders/notice";
import { presents } from "@/lib/reminders/presenter";
import { reachable, sessionEnded } from "@/lib/shell/connection";
import { applyChanges } from "./cache";
import { FILTERS } from "./filters";
import { HISTORY } from "./history";
import { LABELS } from "./labels";
import { UNDONE } from "./undo";

const FIRST_RETRY = 1_000;
const LONGEST_RETRY = 15_000;
/** A hidden tab gives its connection back after this long: a browser allows six to one host, over all tabs. */
const HIDDEN_PATIENCE = 5_000;
/** A tab whose stream was ended for a newer one waits this long, or until it is looked at again. */
const REPLACED_RETRY = 60_000;

/** Many changes are under way that this page makes itself: it reads the list once they are made, not at each. */
let quiet = 0;

/** Do `work` without drawing each of its changes as it comes back. */
export async function quietly(client: QueryClient, work: () => Promise<void>): Promise<void> {
  quiet += 1;
  try {
    await work();
  } finally {
    quiet -= 1;
    await client.invalidateQueries({ queryKey: ["tasks"] });
  }
}

/** Follow the user's changes from every surface until the returned function is called. */
export function followChanges(client: QueryClient): () => void {
  const feed = new LiveFeed(client);
  feed.start();
  return () => feed.stop();
}

/**
 * One event stream with its own reconnecting: the browser gives up for good at the first answer that is not 200,
 * as a proxy gives while the backend restarts. It resumes after the last revision that it saw.
 */
class LiveFeed {
  private source: EventSource | null = null;
  private revision: string | null = null;
  private retry = FIRST_RETRY;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private connectedBefore = false;
  private unfollow = () => {};

  constructor(private readonly client: QueryClient) {}

  start(): void {
    document.addEventListener("visibilitychange", this.onVisibility);
    window.addEventListener("online", this.reconnectNow);
    window.addEventListener("offline", this.onOffline);
    window.addEventListener("todo:reconnect", this.reconnectNow);
    this.unfollow = presents.subscribe(this.onPresents);
    // A tab that was opened in the background follows once it is looked at; its lists are read then anyway.
    if (document.visibilityState === "visible" || presents.get()) this.connect();
  }

  stop(): void {
    document.removeEventListener("visibilitychange", this.onVisibility);
    window.removeEventListener("online", this.reconnectNow);
    window.removeEventListener("offline", this.onOffline);
    window.removeEventListener("todo:reconnect", this.reconnectNow);
    this.unfollow();
    this.close();
  }

  private close(): void {
    clearTimeout(this.timer);
    this.source?.close();
    this.source = null;
  }

  private connect(): void {
    this.close();
    const since = this.revision === null ? "" : `?since=${encodeURIComponent(this.revision)}`;
    const source = new EventSource(`/api/events${since}`);
    source.addEventListener("ready", this.onReady);
    source.addEventListener("change", this.onChange);
    source.addEventListener("reminder", this.onReminder);
    source.addEventListener("sidebar", this.onSidebar);
    source.addEventListener("replaced", this.onReplaced);
    source.addEventListener("error", () => void this.onError(source));
    this.source = source;
  }

  private readonly onReady = (event: MessageEvent<string>): void => {
    const { revision } = JSON.parse(event.data) as { revision: number };
    this.revision ??= String(revision);
    this.retry = FIRST_RETRY;
    reachable.set(true);
    // What was missed follows as events; reading the lists again covers a gap that the server no longer keeps.
    if (this.connectedBefore) {
      void this.client.invalidateQueries({ queryKey: ["tasks"] });
      void this.client.invalidateQueries({ queryKey: UNDONE });
      this.onSidebar();
    }
    this.connectedBefore = true;
  };

  private readonly onChange = (event: MessageEvent<string>): void => {
    const change = JSON.parse(event.data) as Change;
    this.revision = event.lastEventId || String(change.revision);
    settleBy(change);
    noteReminder(change);
    if (quiet > 0) return;
    applyChanges(this.client, [change]);
    void this.client.invalidateQueries({ queryKey: HISTORY });
    void this.client.invalidateQueries({ queryKey: COMING });
    if (change.undoes) void this.client.invalidateQueries({ queryKey: UNDONE });
  };

  private readonly onReminder = (event: MessageEvent<string>): void => {
    const notice = readNotice(event.data);
    if (notice) receive(notice);
    // A channel that failed meanwhile is told in the settings.
    void this.client.invalidateQueries({ queryKey: CHANNELS });
    void this.client.invalidateQueries({ queryKey: COMING });
  };

  /** Saved filters, or how projects and tags look, were changed somewhere. */
  private readonly onSidebar = (): void => {
    void this.client.invalidateQueries({ queryKey: FILTERS });
    void this.client.invalidateQueries({ queryKey: LABELS });
  };

  /** This tab shows reminders from now on, even while nobody looks at it. */
  private readonly onPresents = (): void => {
    if (presents.get() && this.source === null) this.connect();
    else if (!presents.get() && document.visibilityState === "hidden") this.onVisibility();
  };

  /** The server keeps a number of streams for each user, and ended this one for a newer: at once again would end that. */
  private readonly onReplaced = (): void => {
    this.close();
    this.timer = setTimeout(() => this.connect(), REPLACED_RETRY);
  };

  private async onError(source: EventSource): Promise<void> {
    if (source !== this.source || source.readyState !== EventSource.CLOSED) return;
    this.close();
    this.timer = setTimeout(() => this.connect(), this.retry);
    this.retry = Math.min(this.retry * 2, LONGEST_RETRY);
    await this.findCause();
  }

  /** A stream's error carries no status; the session's route tells whether it is the session or the backend. */
  private async findCause(): Promise<void> {
    try {
      if ((await getSession()) === null) sessionEnded.set(true);
    } catch {
      reachable.set(false);
    }
  }

  private readonly reconnectNow = (): void => {
    this.retry = FIRST_RETRY;
    this.connect();
  };

  private readonly onOffline = (): void => {
    reachable.set(false);
    this.close();
  };

  private readonly onVisibility = (): void => {
    clearTimeout(this.timer);
    if (document.visibilityState === "hidden") this.timer = setTimeout(() => presents.get() || this.close(), HIDDEN_PATIENCE);
    else if (this.source?.readyState !== EventSource.OPEN) this.reconnectNow();
  };
}
