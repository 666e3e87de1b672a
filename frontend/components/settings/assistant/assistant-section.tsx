"use client";

import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "@/components/ui/skeleton";
import { ASSISTANT, readAssistant } from "@/lib/api/assistant";
import { failureMessage } from "@/lib/api/http";
import { EngineChoice } from "./engine-choice";
import { ModelSetup } from "./model-setup";
import { UsageToday } from "./usage-today";

/** Who answers in the chat, and what it may use. */
export function AssistantSection() {
  const assistant = useQuery({ queryKey: ASSISTANT, queryFn: ({ signal }) => readAssistant(signal), staleTime: 0 });
  return (
    <section aria-labelledby="assistant-heading" className="flex flex-col gap-5">
      <div>
        <h2 id="assistant-heading" className="text-base font-semibold">
          Assistant
        </h2>
        <p className="mt-1 text-sm text-muted">
          Who reads what you type in the chat. Either way the same tools act, you are asked before anything is lost, and everything can be undone.
        </p>
      </div>
      {assistant.isPending && <Skeleton className="h-52 rounded-2xl" />}
      {assistant.isError && (
        <p role="alert" className="text-sm text-danger">
          {failureMessage(assistant.error)}
        </p>
      )}
      {assistant.data && (
        <>
          <EngineChoice assistant={assistant.data} />
          {assistant.data.today ? <UsageToday day={assistant.data.today} /> : <ModelSetup />}
        </>
      )}
    </section>
  );
}
