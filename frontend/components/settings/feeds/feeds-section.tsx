"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { MadeFeed } from "@/lib/api/feeds";
import { CopyButton } from "../copy-button";
import { FeedForm } from "./feed-form";
import { FeedList } from "./feed-list";

/** Addresses from which calendar programs read; where programs that change tasks connect. */
export function FeedsSection() {
  const [made, setMade] = useState<MadeFeed | null>(null);
  return (
    <section aria-labelledby="feeds-heading" className="flex flex-col gap-5">
      <div>
        <h2 id="feeds-heading" className="text-base font-semibold">
          Calendars
        </h2>
        <p className="mt-1 text-sm text-muted">
          A secret address that your calendar can subscribe to. Whoever has it can read these tasks, until you revoke it. Programs that also change
          tasks (CalDAV) connect to this page’s own address, with your e-mail address and an access token as the password.
        </p>
      </div>
      <FeedForm onMade={setMade} />
      {made && <MadeFeedPanel made={made} onClose={() => setMade(null)} />}
      <FeedList onRevoked={(id) => made?.id === id && setMade(null)} />
    </section>
  );
}

/** The one time that an address is shown. */
function MadeFeedPanel({ made, onClose }: { made: MadeFeed; onClose: () => void }) {
  const address = new URL(made.path, window.location.origin).href;
  return (
    <div role="group" aria-label="Your new calendar address" className="animate-rise rounded-2xl bg-accent-soft p-4 sm:p-5">
      <div className="flex items-start justify-between gap-3">
        <p className="text-sm" role="status">
          <strong className="font-semibold break-words">{made.name}</strong>: copy the address now. It is not shown again.
        </p>
        <Button variant="ghost" size="icon" aria-label="Hide the address" onClick={onClose} className="-mt-1 -mr-1">
          <X />
        </Button>
      </div>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <code className="min-w-0 flex-1 rounded-lg bg-surface px-3 py-2 font-mono text-[0.8125rem] break-all">{address}</code>
        <CopyButton text={address} label="Copy the address" />
      </div>
    </div>
  );
}
