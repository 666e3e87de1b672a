const keys = new Map<string, string>();
const MOST_KEPT = 5_000;

/** What a project's or tag's name is compared by: names that differ only in case are one, as on the server. */
export function nameKey(name: string): string {
  const known = keys.get(name);
  if (known !== undefined) return known;
  if (keys.size >= MOST_KEPT) keys.clear();
  const key = name.normalize("NFKC").toLowerCase().normalize("NFKC");
  keys.set(name, key);
  return key;
}

export const isSameName = (one: string, other: string): boolean => nameKey(one) === nameKey(other);
