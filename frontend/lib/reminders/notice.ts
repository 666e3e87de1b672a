/** What the server tells an open page. */
export interface Notice {
  /** Folds repeats: the same moment has the same id on every channel. */
  id: string;
  kind: "reminder" | "digest" | "summary" | "test";
  title: string;
  body: string;
  task_id: string | null;
  /** The instant at which it was due. */
  due_at: string;
  urgent: boolean;
}

const KINDS = ["reminder", "digest", "summary", "test"];
const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** The notice of an event's data; null for what is none, as a newer server may send. */
export function readNotice(data: string): Notice | null {
  let given: Record<string, unknown>;
  try {
    given = JSON.parse(data) as Record<string, unknown>;
  } catch {
    return null;
  }
  const { id, kind, title, body, task_id: task, due_at: due, urgent } = given;
  if (!textOf(id) || !textOf(title) || !KINDS.includes(textOf(kind))) return null;
  return {
    id: textOf(id),
    kind: kind as Notice["kind"],
    title: textOf(title),
    body: textOf(body),
    task_id: textOf(task) || null,
    due_at: textOf(due) || new Date().toISOString(),
    urgent: urgent === true,
  };
}
