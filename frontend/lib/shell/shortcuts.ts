"use client";

import { useEffect } from "react";

/** A key's name as `KeyboardEvent.key` has it, in lower case, after "alt+" or "mod+" (Ctrl or ⌘) if those are held. */
function keyName(event: KeyboardEvent): string {
  const prefix = `${event.ctrlKey || event.metaKey ? "mod+" : ""}${event.altKey ? "alt+" : ""}`;
  return prefix + event.key.toLowerCase();
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
}

/** Keys that also work while typing. */
const EVERYWHERE = new Set(["mod+k"]);

export type Shortcuts = Record<string, (event: KeyboardEvent) => void>;

/** Run a function for a key, unless the person types in a field or a menu or dialog is open. */
export function useShortcuts(shortcuts: Shortcuts): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const name = keyName(event);
      const run = shortcuts[name];
      if (!run || event.defaultPrevented || event.isComposing) return;
      if (isTyping(event.target) && !EVERYWHERE.has(name)) return;
      if (document.querySelector("[role=dialog], [role=menu]")) return;
      event.preventDefault();
      run(event);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [shortcuts]);
}

export const SHORTCUT_HELP: { title: string; keys: [string[], string][] }[] = [
  {
    title: "Anywhere",
    keys: [
      [["N"], "New task"],
      [["C"], "Talk to the assistant (also Ctrl K or ⌘ K)"],
      [["/"], "Search"],
      [["Z"], "Undo the latest change (also Ctrl Z or ⌘ Z)"],
      [["Ctrl Y"], "Redo what was undone (also Ctrl Shift Z or ⌘ Shift Z)"],
      [["1", "2", "3", "4"], "Today, Upcoming, All, Done"],
      [["?"], "This list"],
    ],
  },
  {
    title: "In the list",
    keys: [
      [["J", "K"], "Next and previous task (also ↓ ↑)"],
      [["X"], "Tick or untick"],
      [["E"], "Edit (also Enter)"],
      [["#"], "Delete (also Del)"],
      [["Alt ↑", "Alt ↓"], "Move up and down"],
      [["→", "←"], "Show the subtasks (→ again: add one), and fold them away"],
      [["Alt →", "Alt ←"], "Make it a subtask of the task above, or take it out"],
    ],
  },
  {
    title: "Several tasks",
    keys: [
      [["Space"], "Select the task, or no longer (also Ctrl or ⌘ and a click)"],
      [["Shift ↑", "Shift ↓"], "Select on (also Shift and a click)"],
      [["X", "#"], "Complete and delete what is selected"],
      [["B"], "To the bar: another day, project or tag, as dragging gives"],
      [["Esc"], "End the selection"],
    ],
  },
  {
    title: "While editing",
    keys: [
      [["Enter"], "Save from the title (Ctrl Enter or ⌘ Enter anywhere)"],
      [["Esc"], "Close without saving"],
    ],
  },
];
