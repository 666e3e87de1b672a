"use client";

import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { AccountMenu } from "@/components/shell/account-menu";
import { Banner } from "@/components/shell/banner";
import { HelpSheet } from "@/components/shell/help-sheet";
import { Button } from "@/components/ui/button";
import type { MadeToken } from "@/lib/api/tokens";
import type { User } from "@/lib/api/types";
import { AssistantSection } from "./assistant/assistant-section";
import { MadeTokenPanel } from "./made-token";
import { Snippets } from "./snippets";
import { TokenForm } from "./token-form";
import { TokenList } from "./token-list";

/** Who answers in the chat; who may use the list beside its owner, and how. */
export function SettingsScreen({ user }: { user: User }) {
  const [made, setMade] = useState<MadeToken | null>(null);
  return (
    <div className="flex h-dvh flex-col">
      <Banner />
      <main className="min-h-0 flex-1 overflow-y-auto">
        <header className="flex h-14 items-center justify-between px-3 sm:px-5">
          <Button asChild variant="ghost" size="medium" className="px-2.5">
            <Link href="/">
              <ArrowLeft />
              Your list
            </Link>
          </Button>
          <AccountMenu user={user} compact />
        </header>
        <div className="mx-auto flex w-full max-w-2xl flex-col gap-10 px-5 pt-4 pb-24 sm:px-8 xl:pt-6">
          <h1 className="text-[1.625rem] leading-tight font-semibold tracking-tight">Settings</h1>
          <AssistantSection />
          <section aria-labelledby="tokens-heading" className="flex flex-col gap-5">
            <div>
              <h2 id="tokens-heading" className="text-base font-semibold">
                Access tokens
              </h2>
              <p className="mt-1 text-sm text-muted">
                A token lets an assistant, an editor or a script use your list. Whatever it changes shows up here at once, and can be undone.
              </p>
            </div>
            <TokenForm onMade={setMade} />
            {made && <MadeTokenPanel made={made} onClose={() => setMade(null)} />}
            <TokenList onRevoked={(id) => made?.id === id && setMade(null)} />
          </section>
          <Snippets token={made?.token} />
        </div>
      </main>
      <HelpSheet />
    </div>
  );
}
