"use client";

import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { FieldError, Input, Label } from "@/components/ui/field";
import { failureMessage } from "@/lib/api/http";

interface SmallFormProps {
  name: string;
  label: string;
  type: "email" | "password";
  complete: string;
  button: string;
  initial?: string;
  /** What is wrong with what was typed; empty for nothing. */
  check: (value: string) => string;
  onSend: (value: string) => Promise<void>;
}

/** A form of one field. */
export function SmallForm({ name, label, type, complete, button, initial = "", check, onSend }: SmallFormProps) {
  const [value, setValue] = useState(initial);
  const [problem, setProblem] = useState("");
  const [failure, setFailure] = useState("");
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const found = check(value);
    setProblem(found);
    setFailure("");
    if (found) return event.currentTarget.querySelector("input")?.focus();
    setBusy(true);
    try {
      await onSend(value);
    } catch (error) {
      setFailure(failureMessage(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={submit} noValidate method="post" className="flex flex-col gap-4">
      <div className="flex flex-col gap-1.5">
        <Label htmlFor={name} className="text-ink">
          {label}
        </Label>
        <Input
          id={name}
          name={name}
          type={type}
          autoComplete={complete}
          autoFocus
          value={value}
          onChange={(event) => setValue(event.target.value)}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? `${name}-problem` : undefined}
          className="h-11"
        />
        <FieldError id={`${name}-problem`}>{problem}</FieldError>
      </div>
      {failure && (
        <p role="alert" className="rounded-lg bg-danger-soft px-3.5 py-2.5 text-sm text-danger">
          {failure}
        </p>
      )}
      <Button type="submit" variant="primary" size="large" disabled={busy} className="mt-2">
        {busy ? "One moment…" : button}
      </Button>
    </form>
  );
}
