"use client";

import { useState } from "react";
import type { MadeFeed } from "@/lib/api/feeds";
import { OnceShown } from "../once-shown";
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
    <OnceShown label="Your new calendar address" noun="address" text={address} onClose={onClose}>
      <strong className="font-semibold break-words">{made.name}</strong>: copy the address now. It is not shown again.
    </OnceShown>
  );
}
