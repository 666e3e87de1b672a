"use client";

import { BellRing } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { User } from "@/lib/api/types";
import { decline, reminderWasSet, wasDeclined } from "@/lib/reminders/offer";
import { usePushSwitch } from "@/lib/reminders/switch";
import { useStore } from "@/lib/shell/store";

/** Asked once the first reminder is set, and never at first sight: shall this device tell of it, with the page closed? */
export function NotifyOffer({ user }: { user: User }) {
  return useStore(reminderWasSet) ? <Offer user={user} /> : null;
}

function Offer({ user }: { user: User }) {
  const [declined, setDeclined] = useState(wasDeclined);
  const { state, offered, on } = usePushSwitch(user.id);
  if (declined || !offered || state !== "off") return null;
  const refuse = () => {
    decline();
    setDeclined(true);
  };
  return (
    <section aria-label="Notifications" className="rounded-xl border bg-surface p-3 text-sm">
      <p className="flex items-start gap-2.5">
        <BellRing aria-hidden className="mt-0.5 size-4 shrink-0 text-accent-text" />
        Reminders reach you while this page is open. Shall this device tell you of them with the page closed, too?
      </p>
      <div className="mt-2 flex gap-1.5 pl-6.5">
        <Button size="small" variant="primary" disabled={on.isPending} onClick={() => on.mutate()}>
          Notify me
        </Button>
        <Button size="small" variant="ghost" onClick={refuse}>
          Not now
        </Button>
      </div>
    </section>
  );
}
