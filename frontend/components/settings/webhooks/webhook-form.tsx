"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { FieldError, Input, Label } from "@/components/ui/field";
import { failureMessage } from "@/lib/api/http";
import { makeWebhook, WEBHOOKS, type MadeWebhook } from "@/lib/api/webhooks";
import { ALL, EventChoice } from "./event-choice";

export function WebhookForm({ onMade }: { onMade: (made: MadeWebhook) => void }) {
  const client = useQueryClient();
  const [url, setUrl] = useState("");
  const [label, setLabel] = useState("");
  const [events, setEvents] = useState(ALL);
  const [problem, setProblem] = useState("");
  const making = useMutation({
    mutationFn: makeWebhook,
    onSuccess: (made) => {
      setUrl("");
      setLabel("");
      onMade(made);
      void client.invalidateQueries({ queryKey: WEBHOOKS });
    },
    onError: (error) => setProblem(failureMessage(error)),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const missing = !url.trim() ? "Give the address that is to be told." : events.length === 0 ? "Choose one event or more." : "";
    setProblem(missing);
    if (!missing) making.mutate({ url: url.trim(), events, ...(label.trim() ? { label: label.trim() } : {}) });
  };
  return (
    <form onSubmit={submit} noValidate aria-label="A new webhook" className="rounded-2xl border bg-surface p-4 sm:p-5">
      <div className="grid gap-x-3 gap-y-4 sm:grid-cols-[minmax(0,1fr)_11.5rem]">
        <div className="flex flex-col gap-1.5">
          <Label htmlFor="webhook-url">Webhook’s address</Label>
          <Input
            id="webhook-url"
            type="url"
            value={url}
            maxLength={2000}
            placeholder="https://example.com/hooks/todo"
            autoComplete="off"
            onChange={(event) => setUrl(event.target.value)}
            aria-invalid={problem ? true : undefined}
            aria-describedby={problem ? "webhook-problem" : undefined}
          />
        </div>
        <div className="flex flex-col gap-1.5">
          <Label htmlFor="webhook-label">What you call it</Label>
          <Input id="webhook-label" value={label} maxLength={100} placeholder="My program" autoComplete="off" onChange={(event) => setLabel(event.target.value)} />
        </div>
      </div>
      <div className="mt-4">
        <EventChoice chosen={events} onChange={setEvents} />
      </div>
      <div className="mt-4 flex flex-wrap items-center justify-between gap-3">
        <div role="alert">
          <FieldError id="webhook-problem">{problem}</FieldError>
        </div>
        <Button type="submit" variant="primary" disabled={making.isPending} className="ml-auto max-sm:w-full">
          Add the webhook
        </Button>
      </div>
    </form>
  );
}
