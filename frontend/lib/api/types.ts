/** The shapes of the HTTP contract that the page works with. */

export type Priority = "high" | "medium" | "low";

export interface Task {
  id: string;
  number: number;
  title: string;
  notes: string | null;
  /** Local wall clock in `timezone`: a date, or a date and time without seconds. */
  due: string | null;
  timezone: string | null;
  /** The UTC instant at which the task becomes overdue. */
  due_at: string | null;
  recurrence: string | null;
  priority: Priority | null;
  tags: string[];
  project: string | null;
  order: number;
  status: "open" | "done";
  created_at: string;
  updated_at: string;
  completed_at: string | null;
  version: number;
}

/** What a person can set; absent leaves a field as it is, null clears it. */
export interface TaskFields {
  title?: string;
  notes?: string | null;
  due?: string | null;
  timezone?: string | null;
  recurrence?: string | null;
  priority?: Priority | null;
  tags?: string[];
  project?: string | null;
  order?: number;
}

export interface TaskPage {
  items: Task[];
  next_cursor: string | null;
  total?: number | null;
}

export interface Change {
  revision: number;
  turn: string;
  surface: "ui" | "chat" | "mcp" | "api" | "cli";
  kind: "create" | "update" | "complete" | "reopen" | "delete";
  task_id: string;
  before: Task | null;
  after: Task | null;
  at: string;
}

export interface Undone {
  undone: string;
  undo_token: string;
  changes: Change[];
}

export interface Span {
  start: number;
  end: number;
  kind: "date" | "time" | "recurrence" | "priority" | "tag" | "project";
  label: string;
}

export interface Interpretation {
  actions: { tool: string; arguments: Record<string, unknown> }[];
  spans: Span[];
  reply: string;
}

export interface ConversationSummary {
  id: string;
  title: string | null;
  created_at: string;
  updated_at: string;
}

export interface User {
  id: string;
  name: string;
  email: string;
}
