"use client";

import { useQuery } from "@tanstack/react-query";
import { Webhook as Icon } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { failureMessage } from "@/lib/api/http";
import { listWebhooks, WEBHOOKS, type MadeWebhook, type Webhook } from "@/lib/api/webhooks";
import { momentLabel } from "@/lib/tasks/dates";
import { useHere } from "@/lib/tasks/here";
import { Check } from "../reminders/rows";
import { eventsLabel } from "./event-choice";
import { WebhookLog } from "./webhook-log";
import { useWebhookWrites } from "./webhook-writes";

interface WebhookListProps {
  onSecret: (made: MadeWebhook) => void;
  onRemoved: (id: string) => void;
}

export function WebhookList({ onSecret, onRemoved }: WebhookListProps) {
  const webhooks = useQuery({
    queryKey: WEBHOOKS,
    queryFn: ({ signal }) => listWebhooks(signal),
    // What comes of a sending is known a moment later, or much later.
    refetchInterval: ({ state }) => (state.data?.length ? 5000 : false),
  });
  const [asked, setAsked] = useState<Webhook | null>(null);
  if (webhooks.isPending) return <Skeleton className="h-14" />;
  if (webhooks.isError)
    return (
      <p role="alert" className="text-sm text-danger">
        {failureMessage(webhooks.error)}
      </p>
    );
  if (webhooks.data.length === 0) return <p className="px-1 text-sm text-muted">You have no webhooks yet.</p>;
  return (
    <>
      <ul aria-label="Your webhooks" className="divide-y rounded-2xl border bg-surface">
        {webhooks.data.map((webhook) => (
          <WebhookRow key={webhook.id} webhook={webhook} onSecret={onSecret} onRemove={() => setAsked(webhook)} />
        ))}
      </ul>
      <RemoveDialog webhook={asked} onClose={() => setAsked(null)} onRemoved={onRemoved} />
    </>
  );
}

function stateOf(webhook: Webhook, now: Date): { words: string; bad: boolean } {
  const waiting = webhook.waiting ? ` ${webhook.waiting} waiting.` : "";
  if (webhook.state === "off") return { words: `Shut off. ${webhook.reason ?? ""}`, bad: true };
  if (!webhook.on) return { words: "Switched off", bad: false };
  if (webhook.state === "failing") return { words: `Failing; it is tried again. ${webhook.reason ?? ""}${waiting}`, bad: true };
  return { words: webhook.last_sent_at ? `Last told ${momentLabel(webhook.last_sent_at, now)}` : "Told nothing yet", bad: false };
}

interface WebhookRowProps {
  webhook: Webhook;
  onSecret: (made: MadeWebhook) => void;
  onRemove: () => void;
}

function WebhookRow({ webhook, onSecret, onRemove }: WebhookRowProps) {
  const { now } = useHere();
  const writes = useWebhookWrites(onSecret);
  const [open, setOpen] = useState(false);
  const state = stateOf(webhook, now);
  const isOn = webhook.on && webhook.state !== "off";
  return (
    <li aria-label={webhook.label} className="flex flex-col gap-3 py-3 pr-2 pl-4 sm:pl-5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <Icon aria-hidden className="size-4 shrink-0 text-muted" />
        <div className="min-w-40 flex-1">
          <p className="text-sm font-medium break-words">
            {webhook.label} {webhook.hint !== webhook.label && <span className="font-normal text-muted">{webhook.hint}</span>}
          </p>
          <p className="text-[0.8125rem] break-words text-muted">{eventsLabel(webhook.events)}</p>
          <p className={`text-[0.8125rem] break-words ${state.bad ? "text-danger" : "text-muted"}`}>{state.words}</p>
        </div>
        <div className="flex flex-wrap items-center gap-1.5">
          <Check label="On" name={`${webhook.label}: on`} checked={isOn} onChange={(on) => writes.change.mutate({ id: webhook.id, on })} />
          <Button size="small" aria-expanded={open} aria-label={`${open ? "Hide the log" : "Log"} of ${webhook.label}`} onClick={() => setOpen(!open)}>
            {open ? "Hide the log" : "Log"}
          </Button>
          <Button size="small" aria-label={`Send a test to ${webhook.label}`} disabled={writes.test.isPending || !isOn} onClick={() => writes.test.mutate(webhook.id)}>
            Send a test
          </Button>
          <Button size="small" aria-label={`New secret for ${webhook.label}`} disabled={writes.renew.isPending} onClick={() => writes.renew.mutate(webhook.id)}>
            New secret
          </Button>
          <Button size="small" variant="danger" aria-label={`Remove ${webhook.label}`} onClick={onRemove}>
            Remove
          </Button>
        </div>
      </div>
      {open && <WebhookLog webhook={webhook} />}
    </li>
  );
}

interface RemoveDialogProps {
  webhook: Webhook | null;
  onClose: () => void;
  onRemoved: (id: string) => void;
}

function RemoveDialog({ webhook, onClose, onRemoved }: RemoveDialogProps) {
  const { remove } = useWebhookWrites();
  const act = () => webhook && remove.mutate(webhook.id, { onSuccess: () => onRemoved(webhook.id), onSettled: onClose });
  return (
    <Dialog
      open={webhook !== null}
      onOpenChange={(open) => !open && onClose()}
      title={`Remove “${webhook?.label ?? ""}”?`}
      description="It is told nothing more, and its address, secret and log are forgotten. You can add it again."
    >
      <div className="flex justify-end gap-2 p-5">
        <Button onClick={onClose}>Keep it</Button>
        <Button variant="danger" disabled={remove.isPending} onClick={act}>
          Remove
        </Button>
      </div>
    </Dialog>
  );
}
