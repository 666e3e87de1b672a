"use client";

import { useState } from "react";
import { passwordProblem } from "@/components/auth/rules";
import { Button } from "@/components/ui/button";
import { changePassword } from "@/lib/api/account";
import { toast } from "@/lib/shell/toasts";
import { FieldsForm, PASSWORD } from "./fields-form";
import { Part } from "./part";

export function PasswordPart({ onChanged }: { onChanged: () => Promise<unknown> }) {
  const [open, setOpen] = useState(false);
  const [others, setOthers] = useState(true);
  const send = async ({ password = "", fresh = "" }: Record<string, string>) => {
    await changePassword({ currentPassword: password, newPassword: fresh, revokeOtherSessions: others });
    await onChanged();
    setOpen(false);
    toast("The password is changed.");
  };
  return (
    <Part title="Password">
      {!open && (
        <Button className="self-start" onClick={() => setOpen(true)}>
          Change password
        </Button>
      )}
      {open && (
        <FieldsForm
          fields={[
            { ...PASSWORD, label: "Your password now" },
            { name: "fresh", label: "New password", type: "password", complete: "new-password", check: passwordProblem },
          ]}
          button="Change password"
          onSend={send}
          onCancel={() => setOpen(false)}
        >
          <label className="flex items-center gap-2 text-sm">
            <input type="checkbox" className="size-4 accent-accent" checked={others} onChange={(event) => setOthers(event.target.checked)} />
            Sign out everywhere else
          </label>
        </FieldsForm>
      )}
    </Part>
  );
}
