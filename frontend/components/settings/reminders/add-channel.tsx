"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { FieldError, Input, Label } from "@/components/ui/field";
import { addChannel, CHANNELS, type Channel } from "@/lib/api/channels";
import { failureMessage } from "@/lib/api/http";
import type { User } from "@/lib/api/types";
import { useChannelKinds, usePushSwitch } from "@/lib/reminders/switch";
import type { PushState } from "@/lib/reminders/push";
import { toast } from "@/lib/shell/toasts";

const HINDRANCES: Partial<Record<PushState, string>> = {
  unsupported: "This browser can’t be notified with the page closed. On an iPhone, add this page to the home screen first and open it from there.",
  insecure: "To be notified with the page closed, open this page over https.",
  denied: "Notifications are blocked for this page; allow them in the browser’s settings for this site.",
};

/** The ways that this server offers and this user does not have yet. */
export function AddChannel({ user, channels }: { user: User; channels: Channel[] }) {
  const kinds = useChannelKinds();
  if (kinds.isError && !kinds.data) return <p role="alert" className="text-sm text-danger">{failureMessage(kinds.error)}</p>;
  if (!kinds.data) return null;
  return (
    <div className="flex flex-col gap-4">
      {kinds.data.push && <PushSwitch user={user} />}
      {kinds.data.email && !channels.some(({ kind }) => kind === "email") && <EmailButton email={user.email} />}
      {kinds.data.apprise && <AppriseForm services={kinds.data.services} />}
    </div>
  );
}

function PushSwitch({ user }: { user: User }) {
  const { state, on } = usePushSwitch(user.id);
  const hindrance = state && HINDRANCES[state];
  if (hindrance) return <p className="text-sm text-muted">{hindrance}</p>;
  if (state !== "off") return null;
  return (
    <Button className="self-start" disabled={on.isPending} onClick={() => on.mutate()}>
      Notify this browser with the page closed
    </Button>
  );
}

function EmailButton({ email }: { email: string }) {
  const client = useQueryClient();
  const adding = useMutation({
    mutationFn: () => addChannel({ kind: "email" }),
    onSuccess: (channel) => toast(channel.state === "off" && channel.reason ? channel.reason : "Reminders go to your e-mail address, too."),
    onError: (error) => toast(failureMessage(error), { tone: "error" }),
    onSettled: () => client.invalidateQueries({ queryKey: CHANNELS }),
  });
  return (
    <Button className="max-w-full self-start" disabled={adding.isPending} onClick={() => adding.mutate()}>
      <span className="truncate">Send reminders to {email}</span>
    </Button>
  );
}

function AppriseForm({ services }: { services: string[] }) {
  const client = useQueryClient();
  const [url, setUrl] = useState("");
  const [label, setLabel] = useState("");
  const [problem, setProblem] = useState("");
  const adding = useMutation({
    mutationFn: addChannel,
    onSuccess: () => {
      setUrl("");
      setLabel("");
      toast("Added. Try it: “Send me one now”.");
    },
    onError: (error) => setProblem(failureMessage(error)),
    onSettled: () => client.invalidateQueries({ queryKey: CHANNELS }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = url.trim();
    setProblem(given ? "" : "Give the service’s address, like ntfys://ntfy.sh/my-topic.");
    if (given) adding.mutate({ kind: "apprise", url: given, ...(label.trim() ? { label: label.trim() } : {}) });
  };
  return (
    <form onSubmit={submit} noValidate aria-label="Another service" className="rounded-2xl border bg-surface p-4 sm:p-5">
      <p className="mb-3 text-[0.8125rem] text-muted">
        Another service, by its{" "}
        <a href="https://github.com/caronc/apprise/wiki" target="_blank" rel="noreferrer" className="text-accent-text underline">
          Apprise address
        </a>
        : {services.slice(0, 8).join(", ")}
        {services.length > 8 && " and others"}. The address is kept encrypted and never shown again.
      </p>
      <div className="grid gap-x-3 gap-y-4 sm:grid-cols-[minmax(0,1fr)_11.5rem]">
        <div className="flex flex-col gap-1.5">
          <Label htmlFor="apprise-url">Address</Label>
          <Input
            id="apprise-url"
            type="password"
            autoComplete="off"
            value={url}
            maxLength={2000}
            placeholder="ntfys://ntfy.sh/my-topic"
            onChange={(event) => setUrl(event.target.value)}
            aria-invalid={problem ? true : undefined}
            aria-describedby={problem ? "apprise-problem" : undefined}
          />
        </div>
        <div className="flex flex-col gap-1.5">
          <Label htmlFor="apprise-label">What you call it</Label>
          <Input id="apprise-label" value={label} maxLength={100} placeholder="My phone" autoComplete="off" onChange={(event) => setLabel(event.target.value)} />
        </div>
      </div>
      <div className="mt-4 flex flex-wrap items-center justify-between gap-3">
        <div role="alert">
          <FieldError id="apprise-problem">{problem}</FieldError>
        </div>
        <Button type="submit" disabled={adding.isPending} className="ml-auto max-sm:w-full">
          Add it
        </Button>
      </div>
    </form>
  );
}
