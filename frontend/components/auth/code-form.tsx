"use client";

import { useId, useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { FieldError, Input, Label } from "@/components/ui/field";
import { sendCode, type Account } from "@/lib/api/account";
import { failureMessage } from "@/lib/api/http";

interface CodeFormProps {
  onEntered: (user: Account) => void | Promise<void>;
  /** The code that turns two-factor sign-in on: of the app alone, and nothing is to be trusted yet. */
  first?: boolean;
}

/** Asks for a code: the app's, or one to recover with. */
export function CodeForm({ onEntered, first = false }: CodeFormProps) {
  const id = useId();
  const [code, setCode] = useState("");
  const [trust, setTrust] = useState(false);
  const [failure, setFailure] = useState("");
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const input = event.currentTarget.querySelector("input");
    if (!code.trim()) {
      setFailure("Type the code that your app shows.");
      return input?.focus();
    }
    setBusy(true);
    setFailure("");
    try {
      await onEntered(await sendCode(code, trust));
    } catch (error) {
      setFailure(failureMessage(error));
      input?.select();
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={submit} noValidate method="post" className="flex max-w-sm flex-col gap-4">
      <div className="flex flex-col gap-1.5">
        <Label htmlFor={id} className="text-ink">
          {first ? "Code" : "Code of your app, or a recovery code"}
        </Label>
        <Input
          id={id}
          name="code"
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          inputMode={first ? "numeric" : "text"}
          autoFocus
          value={code}
          onChange={(event) => setCode(event.target.value)}
          aria-invalid={failure ? true : undefined}
          aria-describedby={failure ? `${id}-problem` : undefined}
          className="h-11"
        />
        <div role="alert">
          <FieldError id={`${id}-problem`}>{failure}</FieldError>
        </div>
      </div>
      {!first && (
        <label className="flex items-center gap-2 text-sm">
          <input type="checkbox" className="size-4 accent-accent" checked={trust} onChange={(event) => setTrust(event.target.checked)} />
          Don’t ask again in this browser for 30 days
        </label>
      )}
      <Button type="submit" variant="primary" size={first ? "medium" : "large"} disabled={busy}>
        {busy ? "One moment…" : first ? "Turn on" : "Sign in"}
      </Button>
    </form>
  );
}
