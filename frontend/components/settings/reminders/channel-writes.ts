"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CHANNELS, removeChannel, switchChannel, testChannel, type Channel } from "@/lib/api/channels";
import { sendVerification } from "@/lib/api/auth";
import { failureMessage } from "@/lib/api/http";
import { receive } from "@/lib/reminders/inbox";
import { isThisBrowser, switchPushOff } from "@/lib/reminders/push";
import { PUSH_STATE } from "@/lib/reminders/switch";
import { randomId } from "@/lib/shell/identifiers";
import { toast } from "@/lib/shell/toasts";

/** The open page tests itself: nothing needs to be sent for that. */
function showOneHere(): void {
  const words = { title: "This is how reminders reach you here", body: "You asked for a test. There is nothing to do." };
  receive({ id: randomId(), kind: "test", ...words, task_id: null, due_at: new Date().toISOString(), urgent: false });
}

/** Switching, trying and taking away channels; what failed is told, and the list read again. */
export function useChannelWrites() {
  const client = useQueryClient();
  const common = {
    onError: (error: Error) => toast(failureMessage(error), { tone: "error" }),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: CHANNELS });
      void client.invalidateQueries({ queryKey: PUSH_STATE });
    },
  };
  const change = useMutation({ mutationFn: switchChannel, ...common });
  const remove = useMutation({
    mutationFn: (channel: Channel) => (isThisBrowser(channel) ? switchPushOff() : removeChannel(channel.id)),
    ...common,
  });
  const test = useMutation({
    mutationFn: async (channel: Channel) => (channel.kind === "page" ? showOneHere() : testChannel(channel.id)),
    ...common,
    onSuccess: (_, { kind }) => kind !== "page" && toast("Sent. It should arrive in a moment."),
  });
  const confirm = useMutation({ mutationFn: sendVerification, ...common, onSuccess: () => toast("Sent. Open the link in the mail.") });
  return { change, remove, test, confirm };
}
