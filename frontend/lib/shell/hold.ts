"use client";

import { useRef, type MouseEvent, type PointerEvent } from "react";

/** How long a finger rests before it means more than a tap, in milliseconds, and how far it may stray, in pixels. */
const HOLD = 500;
const STRAY = 10;

/** Handlers for an element that a finger may rest on; the click that ends the hold is not one. */
export function useHold(onHold: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const start = useRef<{ x: number; y: number } | null>(null);
  const held = useRef(false);
  const cancel = () => {
    clearTimeout(timer.current);
    start.current = null;
  };
  return {
    onPointerDown: (event: PointerEvent) => {
      held.current = false;
      if (event.pointerType !== "touch" || !event.isPrimary) return;
      start.current = { x: event.clientX, y: event.clientY };
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        held.current = true;
        onHold();
      }, HOLD);
    },
    onPointerMove: (event: PointerEvent) => {
      const from = start.current;
      if (from && Math.hypot(event.clientX - from.x, event.clientY - from.y) > STRAY) cancel();
    },
    onPointerUp: cancel,
    onPointerCancel: cancel,
    // Chrome shows its own menu for a finger that rests.
    onContextMenu: (event: MouseEvent) => {
      if (start.current || held.current) event.preventDefault();
    },
    onClickCapture: (event: MouseEvent) => {
      if (!held.current) return;
      held.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}
