"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { CodeForm } from "@/components/auth/code-form";
import { ACCOUNT, endSession } from "@/lib/api/account";
import { signIn } from "@/lib/api/auth";
import { FieldsForm, PASSWORD } from "./fields-form";

/** For what a session older than a day may not do: the person signs in anew, and the old session ends. */
export function ConfirmAgain({ email, token, why }: { email: string; token: string; why: string }) {
  const client = useQueryClient();
  const [code, setCode] = useState(false);
  const entered = async () => {
    await endSession(token);
    await client.invalidateQueries({ queryKey: ACCOUNT });
  };
  const send = async ({ password = "" }: Record<string, string>) => {
    if (await signIn({ email, password })) await entered();
    else setCode(true);
  };
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm text-muted">You signed in more than a day ago. {why}</p>
      {code ? <CodeForm onEntered={entered} /> : <FieldsForm fields={[PASSWORD]} button="Continue" onSend={send} />}
    </div>
  );
}
