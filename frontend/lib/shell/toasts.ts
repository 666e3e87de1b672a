import { createStore } from "./store";

export interface Toast {
  id: number;
  message: string;
  tone: "plain" | "error";
  action?: { label: string; run: () => void };
}

export const toasts = createStore<Toast[]>([]);
let last = 0;

/** Show a message for some seconds. A plain one takes the place of the last; errors stay beside it, three at most. */
export function toast(message: string, options: Partial<Pick<Toast, "tone" | "action">> = {}): void {
  last += 1;
  const added: Toast = { id: last, message, tone: "plain", ...options };
  toasts.set((shown) => [...shown.filter(({ tone }) => tone === "error"), added].slice(-3));
}

export function dismissToast(id: number): void {
  toasts.set((shown) => shown.filter((entry) => entry.id !== id));
}
