"use client";

import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "@/lib/shell/cn";
import { Button } from "./button";

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: string;
  /** "drawer" slides in from the left, as the phone's menu does. */
  form?: "center" | "drawer";
  /** Nothing in it takes the focus: it is scrolled by keyboard itself. */
  isText?: boolean;
  children: ReactNode;
}

const shapes = {
  center: "top-1/2 left-1/2 max-h-[85dvh] w-[min(32rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 rounded-2xl",
  drawer: "inset-y-0 left-0 w-[min(19rem,85vw)] rounded-r-2xl",
};

export function Dialog({ open, onOpenChange, title, description, form = "center", isText = false, children }: DialogProps) {
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 animate-appear bg-black/35 dark:bg-black/60" />
        <Primitive.Content
          // An open list of suggestions is closed first.
          onEscapeKeyDown={(event) => document.activeElement?.matches("[role=combobox][aria-expanded=true]") && event.preventDefault()}
          className={cn("fixed z-50 flex flex-col overflow-hidden border bg-raised shadow-raised outline-none", shapes[form])}
          {...(description ? {} : { "aria-describedby": undefined })}
        >
          <header className="flex items-center justify-between gap-4 py-3 pr-3 pl-5">
            <Primitive.Title className="text-base font-semibold">{title}</Primitive.Title>
            <Primitive.Close asChild>
              <Button variant="ghost" size="icon" aria-label="Close">
                <X />
              </Button>
            </Primitive.Close>
          </header>
          {description && <Primitive.Description className="px-5 text-sm text-muted">{description}</Primitive.Description>}
          <div
            className="min-h-0 flex-1 overflow-y-auto focus-visible:outline-offset-[-2px]"
            {...(isText ? { tabIndex: 0, role: "region", "aria-label": title } : {})}
          >
            {children}
          </div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
