"use client";

import { Search } from "lucide-react";
import { Input } from "@/components/ui/field";
import { SEARCH_INPUT } from "@/lib/shell/ui";
import { openView } from "@/lib/shell/view";

export function SearchField({ text }: { text: string }) {
  return (
    <div role="search" className="relative mb-5">
      <Search aria-hidden className="pointer-events-none absolute top-1/2 left-3.5 size-4 -translate-y-1/2 text-muted" />
      <Input
        id={SEARCH_INPUT}
        type="search"
        aria-label="Search tasks"
        placeholder="Search titles, notes, projects and tags"
        autoComplete="off"
        autoFocus
        value={text}
        onChange={(event) => openView({ kind: "search", text: event.target.value }, { replace: true })}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          // The browser would empty the field, which would be one more search.
          event.preventDefault();
          event.currentTarget.blur();
          openView({ kind: "today" });
        }}
        className="h-11 rounded-xl pl-10"
      />
    </div>
  );
}
