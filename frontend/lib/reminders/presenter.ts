"use client";

import { createStore } from "@/lib/shell/store";

const LOCK = "todo-presenter";

/**
 * Whether this is the tab of this browser that shows reminders: the one that was looked at last. It also keeps its
 * event stream while it is hidden, so that they come. Without Web Locks (a page over plain http) each visible tab is one.
 */
export const presents = createStore(false);

/** Take turns with the other tabs until the returned function is called. */
export function takeTurns(): () => void {
  if (!("locks" in navigator)) return followVisibility();
  const turn = new Turn();
  const onLook = () => turn.want();
  void turn.take();
  document.addEventListener("visibilitychange", onLook);
  window.addEventListener("focus", onLook);
  return () => {
    document.removeEventListener("visibilitychange", onLook);
    window.removeEventListener("focus", onLook);
    turn.end();
  };
}

const isLookedAt = (): boolean => document.visibilityState === "visible";

class Turn {
  private readonly ended = new AbortController();
  private waiting = new AbortController();
  private now = isLookedAt();

  /** Hold the lock until another tab takes it, then wait for it again. */
  async take(): Promise<void> {
    while (!this.ended.signal.aborted) {
      this.waiting = new AbortController();
      const how = this.now ? { steal: true } : { signal: this.waiting.signal };
      this.now = false;
      try {
        await navigator.locks.request(LOCK, how, () => this.hold());
      } catch (error) {
        // It was taken by another tab, or the wait ended because this one is looked at.
        if (!(error instanceof DOMException && error.name === "AbortError")) throw error;
      } finally {
        presents.set(false);
      }
    }
  }

  /** Take the lock from whoever has it, if this tab is looked at. */
  want(): void {
    if (!isLookedAt() || presents.get()) return;
    this.now = true;
    this.waiting.abort();
  }

  end(): void {
    this.ended.abort();
    this.waiting.abort();
  }

  private async hold(): Promise<void> {
    if (this.ended.signal.aborted) return;
    presents.set(true);
    await new Promise((resolve) => this.ended.signal.addEventListener("abort", resolve, { once: true }));
  }
}

function followVisibility(): () => void {
  const look = () => presents.set(document.visibilityState === "visible");
  look();
  document.addEventListener("visibilitychange", look);
  return () => {
    document.removeEventListener("visibilitychange", look);
    presents.set(false);
  };
}
