"use client";

import { useMemo, useSyncExternalStore } from "react";
import { browserZone } from "@/lib/api/http";
import { dayOf } from "./dates";
import type { Here } from "./views";

const HALF_MINUTE = 30_000;

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, HALF_MINUTE);
  document.addEventListener("visibilitychange", listener);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", listener);
  };
}

const halfMinutes = (): number => Math.floor(Date.now() / HALF_MINUTE);

/** Now and today in the browser's zone, kept current: what is late turns red, and midnight turns the page. */
export function useHere(): Here {
  const tick = useSyncExternalStore(subscribe, halfMinutes, halfMinutes);
  return useMemo(() => {
    const now = new Date(Math.max(tick * HALF_MINUTE, Date.now()));
    return { now, today: dayOf(now), zone: browserZone() };
  }, [tick]);
}
