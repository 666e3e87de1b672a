"use client";

import { Check } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useRef, useState, type ReactNode } from "react";
import { cn } from "@/lib/shell/cn";

interface MenuProps {
  trigger: ReactNode;
  label: string;
  align?: "start" | "end";
  /** Called when the menu is gone, just before its button gets the focus back. */
  onClosed?: () => void;
  children: ReactNode;
}

export function Menu({ trigger, label, align = "end", onClosed, children }: MenuProps) {
  // Drawn inside the page's main landmark, or the dialog that is open: no content should stand outside of both.
  const [landmark, setLandmark] = useState<HTMLElement | null>(null);
  return (
    <DropdownMenu.Root modal={false} onOpenChange={(open) => open && setLandmark(document.querySelector<HTMLElement>("[role=dialog]") ?? document.querySelector("main"))}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={landmark}>
        <DropdownMenu.Content
          align={align}
          sideOffset={6}
          collisionPadding={8}
          onCloseAutoFocus={onClosed}
          aria-label={label}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-52 animate-appear overflow-y-auto rounded-xl border bg-raised p-1.5 shadow-raised"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** For an item that opens a dialog: it is opened once the menu has given the focus back, so that it keeps the focus, and returns it there. */
export function useAfterMenu() {
  const next = useRef<(() => void) | null>(null);
  const onClosed = () => {
    if (next.current) setTimeout(next.current);
    next.current = null;
  };
  return { later: (run: () => void) => () => void (next.current = run), onClosed };
}

interface MenuItemProps {
  onSelect: () => void;
  icon?: ReactNode;
  keys?: string;
  checked?: boolean;
  tone?: "danger";
  children: ReactNode;
}

export function MenuItem({ onSelect, icon, keys, checked, tone, children }: MenuItemProps) {
  return (
    <DropdownMenu.Item
      onSelect={onSelect}
      className={cn(
        "flex min-h-8 cursor-default items-center gap-2.5 rounded-lg px-2.5 py-1 text-sm outline-none select-none data-highlighted:bg-hover max-md:min-h-11 [&_svg]:size-4",
        tone === "danger" ? "text-danger" : "[&_svg]:text-muted",
      )}
    >
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {checked && <Check className="text-accent-text!" aria-label="chosen" />}
      {keys && <span className="text-xs text-muted max-md:hidden">{keys}</span>}
    </DropdownMenu.Item>
  );
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="mx-1 my-1.5 h-px bg-line" />;
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="px-2.5 py-1.5 text-xs text-muted">{children}</DropdownMenu.Label>;
}
