"use client";

import { useState } from "react";
import type { MadeWebhook } from "@/lib/api/webhooks";
import { MadeSecretPanel } from "./made-secret";
import { WebhookForm } from "./webhook-form";
import { WebhookList } from "./webhook-list";

/** Addresses that are told of what changes, at once. */
export function WebhooksSection() {
  const [made, setMade] = useState<MadeWebhook | null>(null);
  return (
    <section aria-labelledby="webhooks-heading" className="flex flex-col gap-5">
      <div>
        <h2 id="webhooks-heading" className="text-base font-semibold">
          Webhooks
        </h2>
        <p className="mt-1 text-sm text-muted">
          An address of a program of yours that is told at once of what changes in your list. Each message is signed (
          <a href="https://www.standardwebhooks.com/" target="_blank" rel="noreferrer" className="text-accent-text underline">
            Standard Webhooks
          </a>
          ), and tried again until it is taken.
        </p>
      </div>
      <WebhookForm onMade={setMade} />
      {made && <MadeSecretPanel made={made} onClose={() => setMade(null)} />}
      <WebhookList onSecret={setMade} onRemoved={(id) => made?.id === id && setMade(null)} />
    </section>
  );
}
