"use client";

import { KeyRound } from "lucide-react";
import { useState, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { knowsPasskeys, signInByPasskey, TurnedAway } from "@/lib/account/passkeys";
import type { Account } from "@/lib/api/account";
import { failureMessage } from "@/lib/api/http";

const never = () => () => {};

/** Signs in by the device's own lock, in a browser that can. */
export function PasskeyButton({ onEntered }: { onEntered: (user: Account) => void }) {
  const known = useSyncExternalStore(never, knowsPasskeys, () => false);
  const [failure, setFailure] = useState("");
  const [busy, setBusy] = useState(false);
  const enter = async () => {
    setBusy(true);
    setFailure("");
    try {
      onEntered(await signInByPasskey());
    } catch (error) {
      if (!(error instanceof TurnedAway)) setFailure(failureMessage(error));
      setBusy(false);
    }
  };
  if (!known) return null;
  return (
    <div className="mt-3 flex flex-col gap-3">
      <Button size="large" disabled={busy} onClick={() => void enter()}>
        <KeyRound />
        Use a passkey
      </Button>
      {failure && (
        <p role="alert" className="rounded-lg bg-danger-soft px-3.5 py-2.5 text-sm text-danger">
          {failure}
        </p>
      )}
    </div>
  );
}
