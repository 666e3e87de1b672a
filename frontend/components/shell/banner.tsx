"use client";

import { CloudOff } from "lucide-react";
import { Button } from "@/components/ui/button";
import { reachable } from "@/lib/shell/connection";
import { useStore } from "@/lib/shell/store";

/** Said while the backend does not answer; the live feed keeps trying and takes it away. */
export function Banner() {
  if (useStore(reachable)) return null;
  return (
    <div
      role="alert"
      className="flex min-h-11 flex-wrap items-center justify-center gap-x-3 gap-y-1 bg-warning-soft px-4 py-1.5 text-sm text-warning-ink"
    >
      <CloudOff className="size-4 shrink-0" aria-hidden />
      <span>The todo service can’t be reached. What you type is kept; this page keeps trying.</span>
      <Button
        variant="link"
        size="none"
        className="font-semibold text-warning-ink max-md:min-h-11"
        onClick={() => window.dispatchEvent(new Event("todo:reconnect"))}
      >
        Try now
      </Button>
    </div>
  );
}
