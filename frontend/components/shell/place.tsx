"use client";

import dynamic from "next/dynamic";
import { FloatingCards } from "@/components/reminders/reminder-cards";
import { Toaster } from "@/components/ui/toaster";
import { TooltipProvider } from "@/components/ui/tooltip";
import type { User } from "@/lib/api/types";
import { useReminders } from "@/lib/reminders/follow";
import type { PlaceName } from "./places";
import { WorkspaceSkeleton } from "./workspace-skeleton";

// Each place is a script of its own.
const LOAD = {
  list: () => import("./workspace").then((module) => module.Workspace),
  history: () => import("@/components/history/history-screen").then((module) => module.HistoryScreen),
  settings: () => import("@/components/settings/settings-screen").then((module) => module.SettingsScreen),
  reminders: () => import("@/components/reminders/reminders-screen").then((module) => module.RemindersScreen),
  connect: () => import("@/components/connect/connect-screen").then((module) => module.ConnectScreen),
};
const SCREENS = {
  list: dynamic(LOAD.list, { loading: WorkspaceSkeleton }),
  history: dynamic(LOAD.history, { loading: WorkspaceSkeleton }),
  settings: dynamic(LOAD.settings, { loading: WorkspaceSkeleton }),
  reminders: dynamic(LOAD.reminders, { loading: WorkspaceSkeleton }),
  connect: dynamic(LOAD.connect, { loading: WorkspaceSkeleton }),
};

/** Have the place's script come before it is shown. */
export function preload(place: PlaceName): void {
  void LOAD[place]();
}

/** The list, its history, reminders or settings, or an app that asks to use them. */
export function Place({ place, user }: { place: PlaceName; user: User }) {
  useReminders(user);
  const Screen = SCREENS[place];
  return (
    <TooltipProvider>
      <Screen user={user} />
      {place !== "list" && place !== "connect" && <FloatingCards />}
      <Toaster />
    </TooltipProvider>
  );
}
