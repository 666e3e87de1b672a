"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { FieldError, Input, Label, Select } from "@/components/ui/field";
import { failureMessage } from "@/lib/api/http";
import { makeToken, type MadeToken, type NewToken } from "@/lib/api/tokens";
import { TOKENS } from "./token-list";

const LIFETIMES = [
  { days: "30", name: "30 days" },
  { days: "90", name: "90 days" },
  { days: "365", name: "One year" },
  { days: "", name: "Never" },
];

export function TokenForm({ onMade }: { onMade: (made: MadeToken) => void }) {
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [scope, setScope] = useState<NewToken["scope"]>("write");
  const [days, setDays] = useState("90");
  const [problem, setProblem] = useState("");
  const making = useMutation({
    mutationFn: makeToken,
    onSuccess: (made) => {
      setName("");
      onMade(made);
      void client.invalidateQueries({ queryKey: TOKENS });
    },
    onError: (error) => setProblem(failureMessage(error)),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setProblem(name.trim() ? "" : "Give it a name, so that you know it again.");
    if (!name.trim()) return event.currentTarget.querySelector("input")?.focus();
    making.mutate({ name, scope, expires_in_days: days ? Number(days) : null });
  };
  return (
    <form onSubmit={submit} noValidate className="rounded-2xl border bg-surface p-4 sm:p-5">
      <div className="grid gap-x-3 gap-y-4 sm:grid-cols-[minmax(0,1fr)_11.5rem_7.5rem]">
        <div className="flex flex-col gap-1.5">
          <Label htmlFor="token-name">Name</Label>
          <Input
            id="token-name"
            value={name}
            maxLength={100}
            placeholder="What is it for?"
            autoComplete="off"
            onChange={(event) => setName(event.target.value)}
            aria-invalid={problem ? true : undefined}
            aria-describedby={problem ? "token-problem" : undefined}
          />
        </div>
        <div className="flex flex-col gap-1.5">
          <Label htmlFor="token-scope">May</Label>
          <Select id="token-scope" value={scope} onChange={(event) => setScope(event.target.value as NewToken["scope"])}>
            <option value="write">Read and change</option>
            <option value="read">Only read</option>
          </Select>
        </div>
        <div className="flex flex-col gap-1.5">
          <Label htmlFor="token-lifetime">Expires</Label>
          <Select id="token-lifetime" value={days} onChange={(event) => setDays(event.target.value)}>
            {LIFETIMES.map((lifetime) => (
              <option key={lifetime.name} value={lifetime.days}>
                {lifetime.name}
              </option>
            ))}
          </Select>
        </div>
      </div>
      <div className="mt-4 flex flex-wrap items-center justify-between gap-3">
        <div role="alert">
          <FieldError id="token-problem">{problem}</FieldError>
        </div>
        <Button type="submit" variant="primary" disabled={making.isPending} className="ml-auto max-sm:w-full">
          Make a token
        </Button>
      </div>
    </form>
  );
}
