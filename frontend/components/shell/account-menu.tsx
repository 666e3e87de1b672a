"use client";

import { useQueryClient } from "@tanstack/react-query";
import { History, Keyboard, LogOut, Monitor, Moon, Settings, Sun } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu";
import { signOut } from "@/lib/api/auth";
import { failureMessage } from "@/lib/api/http";
import type { User } from "@/lib/api/types";
import { emptyInbox } from "@/lib/reminders/inbox";
import { switchPushOff } from "@/lib/reminders/push";
import { clearDrafts } from "@/lib/shell/drafts";
import { useStore } from "@/lib/shell/store";
import { chooseTheme, theme, type Theme } from "@/lib/shell/theme";
import { toast } from "@/lib/shell/toasts";
import { helpOpen } from "@/lib/shell/ui";

const THEMES: { value: Theme; name: string; icon: React.ReactNode }[] = [
  { value: "system", name: "As the system", icon: <Monitor /> },
  { value: "light", name: "Light", icon: <Sun /> },
  { value: "dark", name: "Dark", icon: <Moon /> },
];

export function AccountMenu({ user, compact = false }: { user: User; compact?: boolean }) {
  const client = useQueryClient();
  const router = useRouter();
  const chosen = useStore(theme);
  const leave = async () => {
    try {
      // Who uses this browser next is not told of this user's tasks.
      await switchPushOff().catch((error: unknown) => console.warn("This browser's notifications could not be ended.", error));
      await signOut();
      emptyInbox();
      clearDrafts();
      client.clear();
      window.location.assign("/");
    } catch (error) {
      toast(`You are still signed in. ${failureMessage(error)}`, { tone: "error" });
    }
  };
  const initial = (user.name || user.email).trim().charAt(0).toUpperCase();
  const trigger = (
    <Button
      variant="ghost"
      size={compact ? "icon" : "medium"}
      aria-label={`Account: ${user.name}`}
      className={compact ? "" : "min-w-0 flex-1 justify-start px-2 text-ink"}
    >
      {/* Drawn by CSS: a letter in the text would be read aloud as part of the name. */}
      <span
        aria-hidden
        data-initial={initial}
        className="grid size-6 shrink-0 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent-text before:content-[attr(data-initial)]"
      />
      {!compact && <span className="truncate">{user.name}</span>}
    </Button>
  );
  return (
    <Menu trigger={trigger} label="Account" align={compact ? "end" : "start"}>
      <MenuLabel>{user.email}</MenuLabel>
      <MenuSeparator />
      {THEMES.map(({ value, name, icon }) => (
        <MenuItem key={value} icon={icon} checked={chosen === value} onSelect={() => chooseTheme(value)}>
          {name}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem icon={<History />} onSelect={() => router.push("/history")}>
        History
      </MenuItem>
      <MenuItem icon={<Settings />} onSelect={() => router.push("/settings")}>
        Settings
      </MenuItem>
      <MenuItem icon={<Keyboard />} keys="?" onSelect={() => helpOpen.set(true)}>
        Keyboard shortcuts
      </MenuItem>
      <MenuItem icon={<LogOut />} onSelect={() => void leave()}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
