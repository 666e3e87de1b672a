"use client";

import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useEffect, useLayoutEffect, useMemo } from "react";
import { DragArea } from "@/components/tasks/drag/drag-area";
import { RestDialog } from "@/components/tasks/subtasks/rest-dialog";
import { TaskPane } from "@/components/tasks/task-pane";
import type { User } from "@/lib/api/types";
import { useShortcuts, type Shortcuts } from "@/lib/shell/shortcuts";
import { useStore } from "@/lib/shell/store";
import { chatOpen, CHAT_INPUT, focusSoon, helpOpen, NEW_TASK_INPUT, SEARCH_INPUT } from "@/lib/shell/ui";
import { followAddress, openView } from "@/lib/shell/view";
import { takeArrangements } from "@/lib/tasks/arranged";
import { editedFilter } from "@/lib/tasks/filters";
import { renamedGroup } from "@/lib/tasks/groups";
import { useLabelsRead } from "@/lib/tasks/labels";
import { followChanges } from "@/lib/tasks/live";
import { redoLatest, undoLatest } from "@/lib/tasks/undo";
import { useWantedTask } from "@/lib/tasks/wanted";
import { Banner } from "./banner";
import { HelpSheet } from "./help-sheet";
import { MenuDrawer, Sidebar } from "./sidebar";

// The list is there before the chat's script is.
const loadChat = () => import("@/components/chat/chat-panel").then((module) => module.ChatPanel);
const ChatPanel = dynamic(loadChat, { loading: () => <div className="hidden border-l bg-surface md:block" /> });

const RenameDialog = dynamic(() => import("@/components/groups/rename-dialog").then((module) => module.RenameDialog), { loading: () => null });

const FilterDialog = dynamic(() => import("@/components/filters/filter-dialog").then((module) => module.FilterDialog), { loading: () => null });

function openChat(): void {
  chatOpen.set(true);
  focusSoon(CHAT_INPUT);
}

function openSearch(): void {
  openView({ kind: "search", text: "" });
  focusSoon(SEARCH_INPUT);
}

/** The list beside the chat; on a phone one above the other. */
export function Workspace({ user }: { user: User }) {
  const client = useQueryClient();
  useEffect(() => followChanges(client), [client]);
  useLayoutEffect(followAddress, []);
  useLayoutEffect(() => takeArrangements(user.id), [user.id]);
  const shortcuts = useMemo<Shortcuts>(
    () => ({
      n: () => focusSoon(NEW_TASK_INPUT),
      c: openChat,
      "mod+k": openChat,
      "/": openSearch,
      z: () => void undoLatest(client),
      "mod+z": (event) => void (event.shiftKey ? redoLatest(client) : undoLatest(client)),
      "mod+y": () => void redoLatest(client),
      "?": () => helpOpen.set(true),
      1: () => openView({ kind: "today" }),
      2: () => openView({ kind: "upcoming" }),
      3: () => openView({ kind: "all" }),
      4: () => openView({ kind: "done" }),
    }),
    [client],
  );
  useShortcuts(shortcuts);
  useWantedTask();
  useLabelsRead();
  const filter = useStore(editedFilter);
  const renamed = useStore(renamedGroup);
  return (
    <div className="flex h-dvh flex-col">
      <Banner />
      <DragArea>
        <div className="flex min-h-0 flex-1 max-md:flex-col md:grid md:grid-cols-[minmax(0,1fr)_23rem] xl:grid-cols-[15.5rem_minmax(0,1fr)_25rem] 2xl:grid-cols-[16.5rem_minmax(0,1fr)_28rem]">
          <Sidebar user={user} />
          <TaskPane user={user} />
          <ChatPanel user={user} />
        </div>
        <MenuDrawer />
      </DragArea>
      <HelpSheet />
      <RestDialog />
      {filter && <FilterDialog filter={filter === "new" ? null : filter} onClose={() => editedFilter.set(null)} />}
      {renamed && <RenameDialog group={renamed} onClose={() => renamedGroup.set(null)} />}
    </div>
  );
}
