"use client";

import { useQuery } from "@tanstack/react-query";
import { createContext, useContext, type ReactNode } from "react";
import { readUndone } from "@/lib/api/chat";
import { UNDONE } from "@/lib/tasks/undo";

const NONE: ReadonlySet<number> = new Set();
const Undone = createContext(NONE);

export const undoneOf = (conversation: string) => ({
  queryKey: [...UNDONE, conversation],
  queryFn: async () => new Set(await readUndone(conversation)),
  staleTime: Infinity,
});

interface UndoneProviderProps {
  conversation: string;
  /** Before its first receipt there is nothing to ask for. */
  stored: boolean;
  children: ReactNode;
}

/** Knows which of a conversation's changes are taken back now, here or elsewhere. */
export function UndoneProvider({ conversation, stored, children }: UndoneProviderProps) {
  const undone = useQuery({ ...undoneOf(conversation), enabled: stored });
  return <Undone value={undone.data ?? NONE}>{children}</Undone>;
}

/** The revisions of the conversation's changes that are taken back. */
export function useUndone(): ReadonlySet<number> {
  return useContext(Undone);
}
