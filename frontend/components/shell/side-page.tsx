"use client";

import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import type { User } from "@/lib/api/types";
import { AccountMenu } from "./account-menu";
import { Banner } from "./banner";
import { HelpSheet } from "./help-sheet";

/** A page beside the list, with the way back to it. */
export function SidePage({ user, children }: { user: User; children: ReactNode }) {
  return (
    <div className="flex h-dvh flex-col">
      <Banner />
      <main className="min-h-0 flex-1 overflow-y-auto">
        <header className="flex h-14 items-center justify-between px-3 sm:px-5">
          <Button asChild variant="ghost" size="medium" className="px-2.5">
            <Link href="/">
              <ArrowLeft />
              Your list
            </Link>
          </Button>
          <AccountMenu user={user} compact />
        </header>
        <div className="mx-auto flex w-full max-w-2xl flex-col gap-6 px-5 pt-4 pb-24 sm:px-8 xl:pt-6">{children}</div>
      </main>
      <HelpSheet />
    </div>
  );
}
