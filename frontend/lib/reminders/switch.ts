"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { CHANNEL_KINDS, CHANNELS, PUSH_KEY, readChannelKinds, readPushKey } from "@/lib/api/channels";
import { failureMessage } from "@/lib/api/http";
import { toast } from "@/lib/shell/toasts";
import { NotSubscribedError, readPushState, registerWorker, switchPushOff, switchPushOn } from "./push";

/** The query's key. */
export const PUSH_STATE = ["push-state"] as const;

export const useChannelKinds = () => useQuery({ queryKey: CHANNEL_KINDS, queryFn: ({ signal }) => readChannelKinds(signal) });

/** Whether this browser is notified with the page closed, and the switch for it. */
export function usePushSwitch(user: string) {
  const client = useQueryClient();
  const kinds = useChannelKinds();
  const state = useQuery({ queryKey: [...PUSH_STATE, user], queryFn: () => readPushState(user), staleTime: 0 });
  // Read before the click, and the worker is ready: Safari asks for permission only while the click still counts.
  const key = useQuery({ queryKey: PUSH_KEY, queryFn: ({ signal }) => readPushKey(signal), enabled: kinds.data?.push ?? false });
  useQuery({ queryKey: ["worker"], queryFn: async () => (await registerWorker()) !== null, staleTime: Infinity });
  const settled = () => {
    void client.invalidateQueries({ queryKey: CHANNELS });
    void client.invalidateQueries({ queryKey: PUSH_STATE });
  };
  const on = useMutation({
    mutationFn: () => (key.data ? switchPushOn(user, key.data) : Promise.reject(new NotSubscribedError("The server has not given its key yet; try again in a moment."))),
    onSuccess: () => toast("This browser is told of your reminders, also with the page closed."),
    onError: (error) => toast(failureMessage(error), { tone: "error" }),
    onSettled: settled,
  });
  const off = useMutation({
    mutationFn: switchPushOff,
    onError: (error) => toast(failureMessage(error), { tone: "error" }),
    onSettled: settled,
  });
  return { state: state.data, offered: kinds.data?.push ?? false, on, off };
}
