"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { Skeleton } from "@/components/ui/skeleton";
import { COMING, REMINDER_SETTINGS, saveReminderSettings, type ReminderSettings } from "@/lib/api/reminders";
import { failureMessage } from "@/lib/api/http";
import type { User } from "@/lib/api/types";
import { useReminderSettings } from "@/lib/reminders/settings";
import { toast } from "@/lib/shell/toasts";
import { pushUndo, undoTurn } from "@/lib/tasks/undo";
import { ChannelList } from "./channel-list";
import { SettingsForm } from "./settings-form";

/** When and how the user is reminded; each choice is kept as soon as it is made. */
export function RemindersSection({ user }: { user: User }) {
  const client = useQueryClient();
  const settings = useReminderSettings();
  const saving = useMutation({
    mutationFn: saveReminderSettings,
    scope: { id: "reminder-settings" },
    onMutate: (wanted: ReminderSettings) => client.setQueryData(REMINDER_SETTINGS, wanted),
    onSuccess: ({ value, undoToken }) => {
      client.setQueryData(REMINDER_SETTINGS, value);
      pushUndo(undoToken);
      toast("Saved.", undoToken ? { action: { label: "Undo", run: () => void undoTurn(client, undoToken) } } : {});
    },
    onError: (error) => {
      toast(`Not saved. ${failureMessage(error)}`, { tone: "error" });
      void client.invalidateQueries({ queryKey: REMINDER_SETTINGS });
    },
    onSettled: () => client.invalidateQueries({ queryKey: COMING }),
  });
  return (
    <section id="reminders" aria-labelledby="reminders-heading" className="flex flex-col gap-5">
      <div>
        <h2 id="reminders-heading" className="text-base font-semibold">
          Reminders
        </h2>
        <p className="mt-1 text-sm text-muted">
          When you are reminded, and how.{" "}
          <Link href="/reminders" className="text-accent-text underline">
            See what comes next
          </Link>
        </p>
      </div>
      {settings.isPending && <Skeleton className="h-52 rounded-2xl" />}
      {settings.isError && !settings.data && (
        <p role="alert" className="text-sm text-danger">
          {failureMessage(settings.error)}
        </p>
      )}
      {settings.data && <SettingsForm settings={settings.data} onChange={(changed) => saving.mutate({ ...settings.data, ...changed })} />}
      <ChannelList user={user} />
    </section>
  );
}
