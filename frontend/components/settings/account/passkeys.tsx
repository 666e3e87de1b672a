"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { deviceName } from "@/lib/account/device";
import { knowsPasskeys, makePasskey, TurnedAway } from "@/lib/account/passkeys";
import { asksForSignIn, listPasskeys, PASSKEYS, removePasskey, renamePasskey, type Passkey } from "@/lib/api/account";
import { failureMessage } from "@/lib/api/http";
import { toast } from "@/lib/shell/toasts";
import { ConfirmAgain } from "./confirm-again";
import { FieldsForm } from "./fields-form";
import { Part } from "./part";

const day = (instant: string) => new Date(instant).toLocaleDateString(undefined, { day: "numeric", month: "short", year: "numeric" });

/** Passkeys: signing in by a device's own lock. */
export function Passkeys({ email, token }: { email: string; token: string }) {
  const client = useQueryClient();
  const passkeys = useQuery({ queryKey: PASSKEYS, queryFn: ({ signal }) => listPasskeys(signal) });
  const renew = () => client.invalidateQueries({ queryKey: PASSKEYS });
  const making = useMutation({
    mutationFn: () => makePasskey(deviceName(navigator.userAgent)),
    onSuccess: () => toast("The passkey is set up."),
    onSettled: renew,
  });
  const failed = making.error && !(making.error instanceof TurnedAway) ? making.error : null;
  return (
    <Part title="Passkeys" detail="Sign in by your fingerprint, face or device PIN, without a password or a code.">
      {passkeys.isError && (
        <p role="alert" className="text-sm text-danger">
          {failureMessage(passkeys.error)}
        </p>
      )}
      {passkeys.data && passkeys.data.length > 0 && (
        <ul aria-label="Passkeys" className="divide-y">
          {passkeys.data.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} onChanged={renew} />
          ))}
        </ul>
      )}
      {knowsPasskeys() ? (
        <Button className="self-start" disabled={making.isPending} onClick={() => making.mutate()}>
          Add a passkey
        </Button>
      ) : (
        <p className="text-[0.8125rem] text-muted">This browser makes passkeys only at an https address, or at http://localhost.</p>
      )}
      {failed && asksForSignIn(failed) && <ConfirmAgain key={token} email={email} token={token} why="To add a passkey, type your password, then add it again." />}
      {failed && !asksForSignIn(failed) && (
        <p role="alert" className="text-sm text-danger">
          {failureMessage(failed)}
        </p>
      )}
    </Part>
  );
}

function PasskeyRow({ passkey, onChanged }: { passkey: Passkey; onChanged: () => Promise<unknown> }) {
  const [renaming, setRenaming] = useState(false);
  const name = passkey.name ?? "Passkey";
  const removing = useMutation({
    mutationFn: () => removePasskey(passkey.id),
    onSuccess: () => toast("Removed. Delete it from the device, too."),
    onError: (error) => toast(failureMessage(error), { tone: "error" }),
    onSettled: onChanged,
  });
  const rename = async ({ name: wanted = "" }: Record<string, string>) => {
    await renamePasskey(passkey.id, wanted);
    await onChanged();
    setRenaming(false);
  };
  if (renaming) {
    const check = (wanted: string) => (wanted.trim() ? "" : "Enter a name.");
    return (
      <li className="py-2">
        <FieldsForm fields={[{ name: "name", label: "Passkey’s name", initial: name, check }]} button="Save" onSend={rename} onCancel={() => setRenaming(false)} />
      </li>
    );
  }
  return (
    <li className="flex flex-wrap items-center gap-x-3 py-2">
      <div className="min-w-0 flex-1 text-sm">
        <p className="break-words">{name}</p>
        <p className="text-[0.8125rem] text-muted">since {day(passkey.createdAt)}</p>
      </div>
      <Button variant="ghost" size="small" aria-label={`Rename ${name}`} onClick={() => setRenaming(true)}>
        Rename
      </Button>
      <Button variant="danger" size="small" aria-label={`Remove ${name}`} disabled={removing.isPending} onClick={() => removing.mutate()}>
        Remove
      </Button>
    </li>
  );
}
