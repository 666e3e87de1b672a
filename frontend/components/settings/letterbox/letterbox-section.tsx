"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { FieldError, Input, Label } from "@/components/ui/field";
import { failureMessage } from "@/lib/api/http";
import { changeSenders, LETTERBOX, makeLetterbox, readLetterbox, revokeLetterbox, type LetterboxState } from "@/lib/api/letterbox";
import { toast } from "@/lib/shell/toasts";
import { momentLabel } from "@/lib/tasks/dates";
import { useHere } from "@/lib/tasks/here";
import { OnceShown } from "../once-shown";

/** An address to which a mail provider posts mails, as tasks; nothing where this server takes none. */
export function LetterboxSection({ email }: { email: string }) {
  const state = useQuery({ queryKey: LETTERBOX, queryFn: ({ signal }) => readLetterbox(signal) });
  const [path, setPath] = useState("");
  if (!state.data?.offered) return null;
  return (
    <section aria-labelledby="letterbox-heading" className="flex flex-col gap-5">
      <div>
        <h2 id="letterbox-heading" className="text-base font-semibold">
          Mail
        </h2>
        <p className="mt-1 text-sm text-muted">
          A secret address that a mail provider’s webhook posts mails to: the subject becomes a task, the text its notes. Only mails from the senders
          that you name are taken, and the provider must check that they are who they say.
        </p>
      </div>
      <SendersForm key={state.data.letterbox?.ending ?? ""} letterbox={state.data.letterbox} email={email} onMade={setPath} />
      {path && <AddressPanel path={path} onClose={() => setPath("")} />}
    </section>
  );
}

interface SendersFormProps {
  letterbox: LetterboxState["letterbox"];
  email: string;
  onMade: (path: string) => void;
}

function SendersForm({ letterbox, email, onMade }: SendersFormProps) {
  const client = useQueryClient();
  const { now } = useHere();
  const [text, setText] = useState((letterbox?.senders ?? [email]).join(", "));
  const [problem, setProblem] = useState("");
  const senders = text.split(/[\s,;]+/).filter(Boolean);
  const common = {
    onError: (error: Error) => setProblem(failureMessage(error)),
    onSettled: () => client.invalidateQueries({ queryKey: LETTERBOX }),
  };
  const make = useMutation({ mutationFn: makeLetterbox, ...common, onSuccess: (made) => onMade(made.path) });
  const change = useMutation({ mutationFn: changeSenders, ...common, onSuccess: () => toast("Saved.") });
  const revoke = useMutation({ mutationFn: revokeLetterbox, ...common, onSuccess: () => onMade("") });
  const act = (run: (senders: string[]) => void) => {
    setProblem(senders.length === 0 ? "Name one sender or more." : "");
    if (senders.length > 0) run(senders);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    act(letterbox ? change.mutate : make.mutate);
  };
  const used = letterbox?.last_used_at ? `Last used ${momentLabel(letterbox.last_used_at, now)}` : "Never used";
  return (
    <form onSubmit={submit} noValidate aria-label="Mails as tasks" className="flex flex-col gap-4 rounded-2xl border bg-surface p-4 sm:p-5">
      {letterbox && (
        <p className="text-[0.8125rem] text-muted">
          <code className="font-mono text-xs">mail_…{letterbox.ending}</code> · {used}
        </p>
      )}
      <div className="flex flex-col gap-1.5">
        <Label htmlFor="letterbox-senders">Who may write</Label>
        <Input
          id="letterbox-senders"
          value={text}
          maxLength={4000}
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
          aria-invalid={problem ? true : undefined}
          aria-describedby={problem ? "letterbox-problem" : undefined}
        />
      </div>
      <div role="alert">
        <FieldError id="letterbox-problem">{problem}</FieldError>
      </div>
      <div className="flex flex-wrap justify-end gap-2">
        {letterbox && (
          <>
            <Button variant="danger" disabled={revoke.isPending} onClick={() => revoke.mutate()}>
              Revoke the address
            </Button>
            <Button disabled={make.isPending} onClick={() => act(make.mutate)}>
              Make a new address
            </Button>
          </>
        )}
        <Button type="submit" variant="primary" disabled={make.isPending || change.isPending} className="max-sm:w-full">
          {letterbox ? "Save the senders" : "Make an address for mails"}
        </Button>
      </div>
    </form>
  );
}

/** The one time that the address is shown. */
function AddressPanel({ path, onClose }: { path: string; onClose: () => void }) {
  const address = new URL(path, window.location.origin).href;
  return (
    <OnceShown label="Your address for mails" noun="address" text={address} onClose={onClose}>
      Copy the address now. It is not shown again, and whoever has it can pretend to be one of the senders.
    </OnceShown>
  );
}
