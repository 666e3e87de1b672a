"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { deleteAccount, EXPORT } from "@/lib/api/account";
import { emptyInbox } from "@/lib/reminders/inbox";
import { switchPushOff } from "@/lib/reminders/push";
import { clearDrafts } from "@/lib/shell/drafts";
import { FieldsForm, PASSWORD } from "./fields-form";
import { Part } from "./part";

/** Taking everything along, and leaving. */
export function YourData() {
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const leave = async ({ password = "" }: Record<string, string>) => {
    await deleteAccount(password);
    await switchPushOff().catch((error: unknown) => console.warn("This browser's notifications could not be ended.", error));
    emptyInbox();
    clearDrafts();
    client.clear();
    window.location.assign("/");
  };
  return (
    <Part title="Your data" detail="Everything in one JSON file: tasks, history, conversations, reminders and settings. No passwords or keys.">
      <div className="flex flex-wrap gap-2">
        <Button asChild>
          <a href={EXPORT} download>
            Export everything
          </a>
        </Button>
        {!open && (
          <Button variant="danger" onClick={() => setOpen(true)}>
            Delete account
          </Button>
        )}
      </div>
      {open && (
        <>
          <p className="text-sm">
            This deletes your tasks and their history, conversations, reminders, tokens, passkeys and sessions, at once. It can’t be undone here. Until the
            server’s last backup with your account is gone (a week, unless its administrator keeps them longer), the administrator can bring it back.
          </p>
          <FieldsForm fields={[PASSWORD]} button="Delete my account and everything in it" danger onSend={leave} onCancel={() => setOpen(false)} />
        </>
      )}
    </Part>
  );
}
