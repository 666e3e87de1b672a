"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { FieldError, Input, Label, Select } from "@/components/ui/field";
import { makeFeed, type MadeFeed, type NewFeed } from "@/lib/api/feeds";
import { failureMessage } from "@/lib/api/http";
import { FEEDS } from "./feed-list";

export function FeedForm({ onMade }: { onMade: (made: MadeFeed) => void }) {
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [view, setView] = useState<NonNullable<NewFeed["view"]>>("all");
  const [value, setValue] = useState("");
  const [component, setComponent] = useState<NonNullable<NewFeed["component"]>>("event");
  const [problem, setProblem] = useState("");
  const making = useMutation({
    mutationFn: makeFeed,
    onSuccess: (made) => {
      setName("");
      setValue("");
      onMade(made);
      void client.invalidateQueries({ queryKey: FEEDS });
    },
    onError: (error) => setProblem(failureMessage(error)),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const missing = !name.trim() ? "Give the calendar a name, so that you know it again." : view !== "all" && !value.trim() ? `Name the ${view}.` : "";
    setProblem(missing);
    if (!missing) making.mutate({ name, view, value: view === "all" ? null : value, component, done: false });
  };
  return (
    <form onSubmit={submit} noValidate aria-label="A new calendar address" className="rounded-2xl border bg-surface p-4 sm:p-5">
      <div className="grid gap-x-3 gap-y-4 sm:grid-cols-[minmax(0,1fr)_9rem_9rem]">
        <div className="flex flex-col gap-1.5">
          <Label htmlFor="feed-name">Calendar’s name</Label>
          <Input
            id="feed-name"
            value={name}
            maxLength={100}
            placeholder="Phone, office, …"
            autoComplete="off"
            onChange={(event) => setName(event.target.value)}
            aria-invalid={problem ? true : undefined}
            aria-describedby={problem ? "feed-problem" : undefined}
          />
        </div>
        <div className="flex flex-col gap-1.5">
          <Label htmlFor="feed-view">Which tasks</Label>
          <Select id="feed-view" value={view} onChange={(event) => setView(event.target.value as typeof view)}>
            <option value="all">All open</option>
            <option value="project">A project</option>
            <option value="tag">A tag</option>
          </Select>
        </div>
        <div className="flex flex-col gap-1.5">
          <Label htmlFor="feed-component">Shown as</Label>
          <Select id="feed-component" value={component} onChange={(event) => setComponent(event.target.value as typeof component)}>
            <option value="event">Events</option>
            <option value="todo">Tasks</option>
          </Select>
        </div>
        {view !== "all" && (
          <div className="flex flex-col gap-1.5">
            <Label htmlFor="feed-value">{view === "project" ? "Project" : "Tag"}</Label>
            <Input id="feed-value" value={value} maxLength={100} autoComplete="off" onChange={(event) => setValue(event.target.value)} />
          </div>
        )}
      </div>
      <div className="mt-4 flex flex-wrap items-center justify-between gap-3">
        <div role="alert">
          <FieldError id="feed-problem">{problem}</FieldError>
        </div>
        <Button type="submit" variant="primary" disabled={making.isPending} className="ml-auto max-sm:w-full">
          Make an address
        </Button>
      </div>
    </form>
  );
}
