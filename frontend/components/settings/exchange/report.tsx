import type { ImportReport } from "@/lib/api/exchange";
import { dayOf, dueLabel } from "@/lib/tasks/dates";

const SHOWN_TASKS = 8;
const SHOWN_REMARKS = 100;
const KINDS: Record<ImportReport["remarks"][number]["kind"], string> = {
  skipped: "Not imported",
  duplicate: "On your list already",
  doubtful: "Doubtful",
  changed: "Not quite the same",
  kept: "Kept in the notes",
};

const count = (number: number, one: string, many = `${one}s`) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

/** What an import makes, or made: counts, the first tasks, and what is to be known of single lines. */
export function Report({ report, name, made }: { report: ImportReport; name: string; made: boolean }) {
  return (
    <div className="flex flex-col gap-4">
      <div>
        <h3 className="font-medium break-words">{made ? `${count(report.new, "task")} imported` : `${count(report.new, "new task")} in ${name}`}</h3>
        <p className="mt-0.5 text-sm text-muted">{facts(report).join(" · ")}</p>
      </div>
      {report.items.length > 0 && <Tasks report={report} />}
      <Remarks remarks={report.remarks} />
    </div>
  );
}

function facts(report: ImportReport): string[] {
  return [
    report.title,
    report.projects.length > 0 && count(report.projects.length, "project"),
    report.done > 0 && `${report.done.toLocaleString("en")} done`,
    report.duplicates > 0 && count(report.duplicates, "duplicate"),
    report.doubtful > 0 && `${report.doubtful.toLocaleString("en")} doubtful`,
    report.skipped > 0 && `${report.skipped.toLocaleString("en")} not imported`,
  ].filter((fact) => typeof fact === "string");
}

/** The date as the file has it, in the words of the list. */
function dueWords(due: string): string {
  const [date = "", time = null] = due.split("T");
  return dueLabel({ date, time }, dayOf(new Date()));
}

function Tasks({ report }: { report: ImportReport }) {
  const more = report.new - SHOWN_TASKS;
  return (
    <ul aria-label="Tasks in the file" className="divide-y rounded-xl border">
      {report.items.slice(0, SHOWN_TASKS).map((item, place) => (
        <li key={place} className="flex flex-wrap items-baseline gap-x-3 px-3 py-2 text-sm">
          <span className={item.status === "done" ? "min-w-0 break-words text-muted line-through" : "min-w-0 break-words"}>{item.title}</span>
          <span className="text-[0.8125rem] text-muted">
            {[item.due && dueWords(item.due), item.recurrence && "repeats", item.priority, item.project, ...item.tags.map((tag) => `#${tag}`)]
              .filter(Boolean)
              .join(" · ")}
          </span>
        </li>
      ))}
      {more > 0 && <li className="px-3 py-2 text-sm text-muted">and {more.toLocaleString("en")} more</li>}
    </ul>
  );
}

function Remarks({ remarks }: { remarks: ImportReport["remarks"] }) {
  return Object.entries(KINDS).map(([kind, heading]) => {
    const lines = remarks.filter((remark) => remark.kind === kind);
    if (lines.length === 0) return null;
    return (
      <details key={kind} open={kind === "doubtful" || kind === "skipped"} className="text-sm">
        <summary className="cursor-pointer font-medium">
          {heading} ({lines.length.toLocaleString("en")})
        </summary>
        <ul aria-label={heading} className="mt-2 flex flex-col gap-1 text-muted">
          {lines.slice(0, SHOWN_REMARKS).map((remark, place) => (
            <li key={place} className="break-words">
              <span className="text-ink">{remark.place}</span>: {remark.message}
            </li>
          ))}
          {lines.length > SHOWN_REMARKS && <li>and {(lines.length - SHOWN_REMARKS).toLocaleString("en")} more</li>}
        </ul>
      </details>
    );
  });
}
