"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { failureMessage } from "@/lib/api/http";
import { changeWebhook, redeliver, removeWebhook, renewSecret, testWebhook, WEBHOOKS, type MadeWebhook, type Webhook } from "@/lib/api/webhooks";
import { toast } from "@/lib/shell/toasts";

/** Switching, trying, renewing and taking away webhooks; what failed is told, and the list and the logs read again. */
export function useWebhookWrites(onSecret?: (made: MadeWebhook) => void) {
  const client = useQueryClient();
  const common = {
    onError: (error: Error) => toast(failureMessage(error), { tone: "error" }),
    onSettled: () => client.invalidateQueries({ queryKey: WEBHOOKS }),
  };
  const change = useMutation({
    mutationFn: changeWebhook,
    ...common,
    // Shown at once; the list is read again in any case.
    onMutate: ({ id, on }) =>
      on != null && client.setQueryData<Webhook[]>(WEBHOOKS, (all) => all?.map((one) => (one.id === id ? { ...one, on, state: on ? "ok" : one.state } : one))),
  });
  const remove = useMutation({ mutationFn: removeWebhook, ...common });
  const renew = useMutation({ mutationFn: renewSecret, ...common, onSuccess: (made) => onSecret?.(made) });
  const test = useMutation({ mutationFn: testWebhook, ...common, onSuccess: () => toast("A test is on its way. The log shows what comes of it.") });
  const again = useMutation({ mutationFn: redeliver, ...common });
  return { change, remove, renew, test, again };
}
