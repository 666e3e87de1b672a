/** The first id of a task that was added here: its row keeps it, so that saving does not take the focus away. */
const firstIds = new Map<string, string>();

/** The server has given the task `first` the id `saved`. */
export function rename(first: string, saved: string): void {
  firstIds.set(saved, first);
}

/** What a task's row is known by, from before it was saved to the end of the page. */
export function keyOf(id: string): string {
  return firstIds.get(id) ?? id;
}
