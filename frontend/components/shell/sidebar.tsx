"use client";

import { CircleHelp } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Tooltip } from "@/components/ui/tooltip";
import type { User } from "@/lib/api/types";
import { useStore } from "@/lib/shell/store";
import { helpOpen, menuOpen } from "@/lib/shell/ui";
import { AccountMenu } from "./account-menu";
import { Mark } from "./mark";
import { ViewNav } from "./view-nav";

export function Sidebar({ user }: { user: User }) {
  return (
    <div className="hidden min-h-0 flex-col border-r xl:flex">
      <header className="flex h-16 items-center gap-2.5 px-5">
        <Mark className="size-6" />
        <span className="font-semibold tracking-tight">Todo Chatbot</span>
      </header>
      <ViewNav />
      <div className="flex items-center gap-1 border-t p-3">
        <AccountMenu user={user} />
        <Tooltip text="Keyboard shortcuts" keys="?">
          <Button variant="ghost" size="icon" aria-label="Keyboard shortcuts" onClick={() => helpOpen.set(true)}>
            <CircleHelp />
          </Button>
        </Tooltip>
      </div>
    </div>
  );
}

/** The same ways, where there is no room for a column. */
export function MenuDrawer() {
  return (
    <Dialog open={useStore(menuOpen)} onOpenChange={menuOpen.set} title="Lists" form="drawer">
      <ViewNav />
    </Dialog>
  );
}
