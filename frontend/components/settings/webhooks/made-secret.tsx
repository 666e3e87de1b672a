"use client";

import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import type { MadeWebhook } from "@/lib/api/webhooks";
import { CopyButton } from "../copy-button";

/** The one time that a webhook's secret is shown. */
export function MadeSecretPanel({ made, onClose }: { made: MadeWebhook; onClose: () => void }) {
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => panel.current?.focus(), [made.secret]);
  return (
    <div
      ref={panel}
      tabIndex={-1}
      role="group"
      aria-label="The webhook’s secret"
      className="animate-rise rounded-2xl bg-accent-soft p-4 outline-none sm:p-5"
    >
      <div className="flex items-start justify-between gap-3">
        <p className="text-sm">
          <strong className="font-semibold break-words">{made.label}</strong>: copy the secret now. It is not shown again. The receiver checks
          signatures with it{made.earlier_until && "; for a day, the secret before works too"}.
        </p>
        <Button variant="ghost" size="icon" aria-label="Hide the secret" onClick={onClose} className="-mt-1 -mr-1">
          <X />
        </Button>
      </div>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <code className="min-w-0 flex-1 rounded-lg bg-surface px-3 py-2 font-mono text-[0.8125rem] break-all">{made.secret}</code>
        <CopyButton text={made.secret} label="Copy the secret" />
      </div>
    </div>
  );
}
