"use client";

import { CircleAlert, X } from "lucide-react";
import { Toast as Primitive } from "radix-ui";
import { cn } from "@/lib/shell/cn";
import { useStore } from "@/lib/shell/store";
import { dismissToast, toasts, type Toast } from "@/lib/shell/toasts";
import { Button } from "./button";

const PATIENCE = { plain: 6_000, error: 12_000 };

function ToastCard({ entry }: { entry: Toast }) {
  const { action } = entry;
  return (
    <Primitive.Root
      duration={PATIENCE[entry.tone]}
      type={entry.tone === "error" ? "foreground" : "background"}
      onOpenChange={(open) => !open && dismissToast(entry.id)}
      className="flex animate-rise items-center gap-3 rounded-xl border bg-raised py-2 pr-2 pl-4 text-sm shadow-raised"
    >
      {entry.tone === "error" && <CircleAlert className="size-4 shrink-0 text-danger" aria-hidden />}
      <Primitive.Description className="min-w-0 flex-1 py-1 break-words">{entry.message}</Primitive.Description>
      {action && (
        <Primitive.Action asChild altText={action.label} onClick={action.run}>
          <Button variant="link" size="small" className="font-semibold">
            {action.label}
          </Button>
        </Primitive.Action>
      )}
      <Primitive.Close asChild>
        <Button variant="ghost" size="icon" aria-label="Dismiss">
          <X />
        </Button>
      </Primitive.Close>
    </Primitive.Root>
  );
}

/** Messages at the bottom of the list, clear of the chat's input. */
export function Toaster() {
  const shown = useStore(toasts);
  return (
    <Primitive.Provider label="Message" swipeDirection="down">
      {shown.map((entry) => (
        <ToastCard key={entry.id} entry={entry} />
      ))}
      <Primitive.Viewport
        label="Messages ({hotkey})"
        className={cn(
          "fixed bottom-5 left-1/2 z-60 flex w-[min(26rem,calc(100vw-2rem))] -translate-x-1/2 flex-col gap-2 outline-none",
          "max-lg:bottom-24 in-[:has(#choice-bar)]:bottom-24",
        )}
      />
    </Primitive.Provider>
  );
}
