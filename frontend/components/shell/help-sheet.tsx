"use client";

import { Dialog } from "@/components/ui/dialog";
import { Keys } from "@/components/ui/keys";
import { SHORTCUT_HELP } from "@/lib/shell/shortcuts";
import { useStore } from "@/lib/shell/store";
import { helpOpen } from "@/lib/shell/ui";

export function HelpSheet() {
  return (
    <Dialog open={useStore(helpOpen)} onOpenChange={helpOpen.set} title="Keyboard shortcuts" isText>
      <div className="flex flex-col gap-5 px-5 pt-1 pb-6">
        {SHORTCUT_HELP.map((section) => (
          <section key={section.title}>
            <h3 className="mb-1.5 text-[0.8125rem] font-medium text-muted">{section.title}</h3>
            <ul className="divide-y">
              {section.keys.map(([keys, meaning]) => (
                <li key={meaning} className="flex items-center justify-between gap-4 py-2 text-sm">
                  <span>{meaning}</span>
                  <span className="flex gap-1">
                    {keys.map((key) => (
                      <Keys key={key}>{key}</Keys>
                    ))}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
