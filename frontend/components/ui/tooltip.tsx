"use client";

import { Tooltip as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { Keys } from "./keys";

/** A name for an icon button, with its key; the button keeps its own `aria-label`. */
export function Tooltip({ text, keys, children }: { text: string; keys?: string; children: ReactNode }) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          sideOffset={6}
          className="z-50 flex animate-appear items-center gap-2 rounded-lg border bg-raised px-2.5 py-1.5 text-xs shadow-raised select-none"
        >
          {text}
          {keys && <Keys>{keys}</Keys>}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Primitive.Provider delayDuration={500} disableHoverableContent>
      {children}
    </Primitive.Provider>
  );
}
