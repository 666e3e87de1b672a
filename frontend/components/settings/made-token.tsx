"use client";

import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import type { MadeToken } from "@/lib/api/tokens";
import { CopyButton } from "./copy-button";

/** The one time that a token is shown. */
export function MadeTokenPanel({ made, onClose }: { made: MadeToken; onClose: () => void }) {
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => panel.current?.focus(), [made.id]);
  return (
    <div
      ref={panel}
      tabIndex={-1}
      role="group"
      aria-label="Your new token"
      className="animate-rise rounded-2xl bg-accent-soft p-4 outline-none sm:p-5"
    >
      <div className="flex items-start justify-between gap-3">
        <p className="text-sm">
          <strong className="font-semibold break-words">{made.name}</strong>: copy the token now. It is not shown again.
        </p>
        <Button variant="ghost" size="icon" aria-label="Hide the token" onClick={onClose} className="-mt-1 -mr-1">
          <X />
        </Button>
      </div>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <code className="min-w-0 flex-1 rounded-lg bg-surface px-3 py-2 font-mono text-[0.8125rem] break-all">{made.token}</code>
        <CopyButton text={made.token} label="Copy the token" />
      </div>
    </div>
  );
}
