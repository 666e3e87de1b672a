"use client";

import { useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { ChevronDown, ChevronUp, SquarePen } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { Tooltip } from "@/components/ui/tooltip";
import { readConversation } from "@/lib/api/chat";
import { ApiError } from "@/lib/api/http";
import type { User } from "@/lib/api/types";
import { undoneOf } from "@/lib/chat/undone";
import { readDraft, saveDraft } from "@/lib/shell/drafts";
import { randomId } from "@/lib/shell/identifiers";
import { useStore } from "@/lib/shell/store";
import { CHAT_INPUT, chatOpen, focusSoon } from "@/lib/shell/ui";
import { Conversation } from "./conversation";
import { HistoryMenu } from "./history-menu";

/** The conversation of this tab: the one it had before a reload, else a new one. */
function useConversationId() {
  const [chosen, setChosen] = useState<{ id: string; stored: boolean } | null>(null);
  useEffect(() => {
    const known = readDraft("conversation");
    setChosen(known ? { id: known, stored: true } : { id: randomId(), stored: false });
  }, []);
  const choose = (id: string, stored: boolean) => {
    saveDraft("conversation", stored ? id : "");
    setChosen({ id, stored });
  };
  return { chosen, choose };
}

/** A conversation that was begun but never answered is not stored yet: that is an empty one, not an error. */
async function messagesOf(client: QueryClient, id: string) {
  try {
    const [messages] = await Promise.all([readConversation(id), client.prefetchQuery(undoneOf(id))]);
    return messages;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return [];
    throw error;
  }
}

export function ChatPanel({ user }: { user: User }) {
  const client = useQueryClient();
  const open = useStore(chatOpen);
  const { chosen, choose } = useConversationId();
  const messages = useQuery({
    queryKey: ["conversation", chosen?.id],
    queryFn: () => (chosen?.stored ? messagesOf(client, chosen.id) : []),
    enabled: chosen !== null,
    staleTime: Infinity,
    gcTime: 0,
  });
  const start = () => {
    choose(randomId(), false);
    focusSoon(CHAT_INPUT);
  };
  const reopen = (id: string) => {
    client.removeQueries({ queryKey: ["conversation", id] });
    choose(id, true);
    chatOpen.set(true);
  };
  return (
    <aside
      aria-label="Assistant"
      className={`flex min-h-0 shrink-0 flex-col bg-surface max-md:rounded-t-2xl max-md:border-t max-md:shadow-raised md:border-l ${open ? "max-md:h-[62dvh]" : ""}`}
    >
      <header className={`flex h-14 shrink-0 items-center gap-1 pr-3 pl-4 md:h-16 ${open ? "" : "max-md:h-auto max-md:pt-1"}`}>
        <h2 className="flex-1 text-sm font-semibold max-md:hidden">Assistant</h2>
        <Button
          variant="ghost"
          size="small"
          aria-expanded={open}
          className="-ml-2 flex-1 justify-start md:hidden"
          onClick={() => chatOpen.set(!open)}
        >
          {open ? <ChevronDown /> : <ChevronUp />}
          Assistant
        </Button>
        <div className={`flex gap-1 ${open ? "" : "max-md:hidden"}`}>
          {chosen && <HistoryMenu current={chosen.id} onOpen={reopen} />}
          <Tooltip text="New conversation">
            <Button variant="ghost" size="icon" aria-label="New conversation" onClick={start}>
              <SquarePen />
            </Button>
          </Tooltip>
        </div>
      </header>
      {chosen && messages.data ? (
        <Conversation key={chosen.id} id={chosen.id} initial={messages.data} user={user} unfolded={open} />
      ) : (
        <div className="flex flex-1 flex-col justify-end gap-3 p-4">
          {messages.isError ? (
            <p role="alert" className="text-sm text-muted">
              This conversation could not be loaded.{" "}
              <Button variant="link" size="none" onClick={() => void messages.refetch()}>
                Try again
              </Button>
            </p>
          ) : (
            <Skeleton className="h-12 w-full rounded-2xl" />
          )}
        </div>
      )}
    </aside>
  );
}
