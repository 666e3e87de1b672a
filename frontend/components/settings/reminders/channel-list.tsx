"use client";

import { useQuery } from "@tanstack/react-query";
import { Bell, Mail, Monitor, Send } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { CHANNELS, listChannels, type Channel } from "@/lib/api/channels";
import { failureMessage } from "@/lib/api/http";
import type { User } from "@/lib/api/types";
import { isThisBrowser } from "@/lib/reminders/push";
import { momentLabel } from "@/lib/tasks/dates";
import { useHere } from "@/lib/tasks/here";
import { AddChannel } from "./add-channel";
import { Check } from "./rows";
import { useChannelWrites } from "./channel-writes";

const ICONS = { page: Monitor, push: Bell, email: Mail, apprise: Send };

/** Where reminders go: each can be switched, tried and taken away. */
export function ChannelList({ user }: { user: User }) {
  const channels = useQuery({ queryKey: CHANNELS, queryFn: ({ signal }) => listChannels(signal), staleTime: 0 });
  const [asked, setAsked] = useState<Channel | null>(null);
  return (
    <div className="flex flex-col gap-3">
      <h3 className="text-sm font-medium">Where you are told</h3>
      {channels.isPending && <Skeleton className="h-28 rounded-2xl" />}
      {channels.isError && !channels.data && (
        <p role="alert" className="text-sm text-danger">
          {failureMessage(channels.error)}
        </p>
      )}
      {channels.data && (
        <>
          <ul aria-label="Channels" className="divide-y rounded-2xl border bg-surface">
            {channels.data.map((channel) => (
              <ChannelRow key={channel.id} channel={channel} email={user.email} onRemove={() => setAsked(channel)} />
            ))}
          </ul>
          <AddChannel user={user} channels={channels.data} />
        </>
      )}
      <RemoveDialog channel={asked} onClose={() => setAsked(null)} />
    </div>
  );
}

function stateOf(channel: Channel, now: Date): { words: string; bad: boolean } {
  if (channel.state === "off") return { words: `Shut off. ${channel.reason ?? ""}`, bad: true };
  if (channel.state === "failing") return { words: `Failing; it is tried again. ${channel.reason ?? ""}`, bad: true };
  if (!channel.on) return { words: "Switched off", bad: false };
  return { words: channel.last_sent_at ? `Last used ${momentLabel(channel.last_sent_at, now)}` : "", bad: false };
}

function ChannelRow({ channel, email, onRemove }: { channel: Channel; email: string; onRemove: () => void }) {
  const { now } = useHere();
  const writes = useChannelWrites();
  const Icon = ICONS[channel.kind];
  const state = stateOf(channel, now);
  const name = channel.kind === "page" ? "The open page" : channel.label;
  const facts = [channel.hint === name ? "" : channel.hint, isThisBrowser(channel) ? "this browser" : ""].filter(Boolean);
  return (
    <li aria-label={name} className="flex flex-wrap items-center gap-x-3 gap-y-1.5 py-3 pr-2 pl-4 sm:pl-5">
      <Icon aria-hidden className="size-4 shrink-0 text-muted" />
      <div className="min-w-40 flex-1">
        <p className="text-sm font-medium break-words">
          {name} {facts.length > 0 && <span className="font-normal text-muted">{facts.join(" · ")}</span>}
        </p>
        {state.words && <p className={`text-[0.8125rem] break-words ${state.bad ? "text-danger" : "text-muted"}`}>{state.words}</p>}
      </div>
      <div className="flex flex-wrap items-center gap-1.5">
        <Check label="On" name={`${name}: on`} checked={channel.on && channel.state !== "off"} onChange={(on) => writes.change.mutate({ id: channel.id, on })} />
        {channel.kind === "email" && !channel.verified_at && (
          <Button size="small" disabled={writes.confirm.isPending} onClick={() => writes.confirm.mutate(email)}>
            Send the link again
          </Button>
        )}
        <Button size="small" aria-label={`Send me one now: ${name}`} disabled={writes.test.isPending} onClick={() => writes.test.mutate(channel)}>
          Send me one now
        </Button>
        {channel.kind !== "page" && (
          <Button size="small" variant="danger" aria-label={`Remove ${name}`} onClick={onRemove}>
            Remove
          </Button>
        )}
      </div>
    </li>
  );
}

function RemoveDialog({ channel, onClose }: { channel: Channel | null; onClose: () => void }) {
  const { remove } = useChannelWrites();
  return (
    <Dialog
      open={channel !== null}
      onOpenChange={(open) => !open && onClose()}
      title={`Remove “${channel?.label ?? ""}”?`}
      description="No reminders go there any more, and its address is forgotten. You can set it up again."
    >
      <div className="flex justify-end gap-2 p-5">
        <Button onClick={onClose}>Keep it</Button>
        <Button variant="danger" disabled={remove.isPending} onClick={() => channel && remove.mutate(channel, { onSettled: onClose })}>
          Remove
        </Button>
      </div>
    </Dialog>
  );
}
