"use client";

import { useQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem, MenuLabel } from "@/components/ui/menu";
import { listConversations } from "@/lib/api/chat";
import { momentLabel } from "@/lib/tasks/dates";

interface HistoryMenuProps {
  current: string;
  onOpen: (id: string) => void;
}

/** Earlier conversations, latest first; read when the menu opens. */
export function HistoryMenu({ current, onOpen }: HistoryMenuProps) {
  return (
    <Menu
      label="Earlier conversations"
      trigger={
        <Button variant="ghost" size="icon" aria-label="Earlier conversations">
          <History />
        </Button>
      }
    >
      <Entries current={current} onOpen={onOpen} />
    </Menu>
  );
}

function Entries({ current, onOpen }: HistoryMenuProps) {
  const [now] = useState(() => new Date());
  const conversations = useQuery({ queryKey: ["conversations"], queryFn: listConversations, staleTime: 0 });
  if (conversations.isError) return <MenuLabel>They could not be loaded.</MenuLabel>;
  if (!conversations.data) return <MenuLabel>Loading…</MenuLabel>;
  if (conversations.data.length === 0) return <MenuLabel>No conversations yet</MenuLabel>;
  return (
    <div className="w-72">
      <MenuLabel>Earlier conversations</MenuLabel>
      {conversations.data.map(({ id, title, updated_at }) => (
        <MenuItem key={id} checked={id === current} keys={momentLabel(updated_at, now)} onSelect={() => onOpen(id)}>
          {title || "Untitled"}
        </MenuItem>
      ))}
    </div>
  );
}
