import { CalendarDays, CircleCheck, Folder, Hash, Inbox, ListFilter, SearchX, Sun } from "lucide-react";
import type { View } from "@/lib/tasks/views";

const WORDS = {
  today: [Sun, "Nothing due today", "Enjoy it, or add a task above. You can also tell the assistant: “water the plants at 6”."],
  upcoming: [CalendarDays, "Nothing ahead", "Tasks with a date after today appear here, day by day."],
  all: [Inbox, "Your list is empty", "Add your first task above, or tell the assistant what is on your mind."],
  done: [CircleCheck, "Nothing done yet", "What you tick is kept here, and can be reopened."],
  project: [Folder, "Nothing open in this project", "Add a task above and it belongs to this project."],
  tag: [Hash, "Nothing open with this tag", "Add a task above and it gets this tag."],
  filter: [ListFilter, "Nothing passes this filter", "Tasks that it asks for appear here by themselves."],
  search: [SearchX, "Nothing found", "Search looks in titles, notes, projects and tags, of open and done tasks."],
} as const;

export function EmptyState({ view }: { view: View }) {
  const [Icon, title, detail] = WORDS[view.kind];
  return (
    <div className="flex flex-col items-center gap-1.5 px-6 py-16 text-center">
      <span className="mb-3 grid size-12 place-items-center rounded-2xl bg-accent-soft text-accent-text">
        <Icon className="size-5.5" aria-hidden />
      </span>
      <h2 className="font-semibold">{title}</h2>
      <p className="max-w-xs text-sm text-muted">{detail}</p>
    </div>
  );
}
