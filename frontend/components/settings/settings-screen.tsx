"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { SidePage } from "@/components/shell/side-page";
import type { MadeToken } from "@/lib/api/tokens";
import type { User } from "@/lib/api/types";
import { followChanges } from "@/lib/tasks/live";
import { AccountSection } from "./account/account-section";
import { AppList } from "./app-list";
import { AssistantSection } from "./assistant/assistant-section";
import { ExchangeSection } from "./exchange/exchange-section";
import { FeedsSection } from "./feeds/feeds-section";
import { LetterboxSection } from "./letterbox/letterbox-section";
import { MadeTokenPanel } from "./made-token";
import { RemindersSection } from "./reminders/reminders-section";
import { Snippets } from "./snippets";
import { TokenForm } from "./token-form";
import { TokenList } from "./token-list";
import { WebhooksSection } from "./webhooks/webhooks-section";

/** The person first, then reminders, the assistant and, last, what reaches the list from outside. */
export function SettingsScreen({ user }: { user: User }) {
  const client = useQueryClient();
  useEffect(() => followChanges(client), [client]);
  const [made, setMade] = useState<MadeToken | null>(null);
  return (
    <SidePage user={user}>
      <div className="flex flex-col gap-10">
        <h1 className="text-[1.625rem] leading-tight font-semibold tracking-tight">Settings</h1>
        <AccountSection user={user} />
        <RemindersSection user={user} />
        <AssistantSection />
        <ExchangeSection />
        <section aria-labelledby="apps-heading" className="flex flex-col gap-5">
          <div>
            <h2 id="apps-heading" className="text-base font-semibold">
              Connected apps
            </h2>
            <p className="mt-1 text-sm text-muted">
              Assistants and editors that signed in to your list. Give such an app this page’s address with /mcp at its end; it then asks you here.
            </p>
          </div>
          <AppList />
        </section>
        <section aria-labelledby="tokens-heading" className="flex flex-col gap-5">
          <div>
            <h2 id="tokens-heading" className="text-base font-semibold">
              Connections
            </h2>
            <p className="mt-1 text-sm text-muted">
              A token lets a script, or a program that can’t sign in by itself, use your list. Whatever it changes shows up here at once, and can be undone.
            </p>
          </div>
          <TokenForm onMade={setMade} />
          {made && <MadeTokenPanel made={made} onClose={() => setMade(null)} />}
          <TokenList onRevoked={(id) => made?.id === id && setMade(null)} />
        </section>
        <Snippets token={made?.token} />
        <WebhooksSection />
        <FeedsSection />
        <LetterboxSection email={user.email} />
      </div>
    </SidePage>
  );
}
