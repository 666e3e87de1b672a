"use client";

import { Tabs } from "radix-ui";
import { useSyncExternalStore } from "react";
import { PLACEHOLDER, SNIPPETS, type Snippet } from "@/lib/settings/snippets";
import { CodeBlock } from "./code-block";

const never = () => () => {};

/** The address that this page was opened at; on the server nobody knows it. */
function useOrigin(): string {
  return useSyncExternalStore(never, () => window.location.origin, () => "");
}

/** How to connect each kind of program, with the page's own address and the token just made. */
export function Snippets({ token }: { token?: string }) {
  return (
    <section aria-labelledby="connect-heading">
      <h2 id="connect-heading" className="text-base font-semibold">
        Connect a program
      </h2>
      <p className="mt-1 mb-4 text-sm text-muted">
        {token ? "Your new token is filled in." : `Make a token, and put it where ${PLACEHOLDER} stands.`} Assistants speak the Model Context
        Protocol; the same token also works with the list’s own API.
      </p>
      <Tabs.Root defaultValue={SNIPPETS[0]!.key}>
        <Tabs.List aria-label="Programs" className="flex gap-1 overflow-x-auto pb-2">
          {SNIPPETS.map((snippet) => (
            <Tabs.Trigger
              key={snippet.key}
              value={snippet.key}
              className="h-8 shrink-0 rounded-lg px-3 text-[0.8125rem] font-medium text-muted outline-offset-[-2px] hover:bg-hover data-[state=active]:bg-selected data-[state=active]:text-accent-text max-md:h-11"
            >
              {snippet.name}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {SNIPPETS.map((snippet) => (
          <Tabs.Content key={snippet.key} value={snippet.key} className="rounded-2xl">
            <SnippetBlock snippet={snippet} token={token ?? PLACEHOLDER} />
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </section>
  );
}

function SnippetBlock({ snippet, token }: { snippet: Snippet; token: string }) {
  return <CodeBlock name={snippet.name} place={snippet.place} text={snippet.text(useOrigin(), token)} />;
}
