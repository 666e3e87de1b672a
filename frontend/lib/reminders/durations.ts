/** A length of time as reminders count it: days on the wall clock, and minutes of time. */
export interface Duration {
  days: number;
  minutes: number;
}

const ISO = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?)?$/;

/** An ISO 8601 duration read; null for what is none. */
export function readDuration(text: string): Duration | null {
  const match = ISO.exec(text);
  if (!match) return null;
  const [weeks, days, hours, minutes] = match.slice(1).map((part) => Number(part ?? 0)) as [number, number, number, number];
  return { days: 7 * weeks + days, minutes: 60 * hours + minutes };
}

/** `P2D`, `PT90M`: the length in ISO 8601. */
export function writeDuration({ days, minutes }: Duration): string {
  if (days > 0 && minutes === 0) return `P${days}D`;
  const hours = minutes > 0 && minutes % 60 === 0 ? minutes / 60 : 0;
  return `P${days > 0 ? `${days}D` : ""}T${hours > 0 ? `${hours}H` : `${minutes}M`}`;
}

const counted = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? "" : "s"}`;

/** "1 day", "1 hour 30 minutes"; empty for no time at all. */
export function durationWords({ days, minutes }: Duration): string {
  const weeks = days % 7 === 0 && minutes === 0 ? days / 7 : 0;
  if (weeks > 0) return counted(weeks, "week");
  const parts: [number, string][] = [
    [days, "day"],
    [Math.floor(minutes / 60), "hour"],
    [minutes % 60, "minute"],
  ];
  return parts.filter(([count]) => count > 0).map(([count, unit]) => counted(count, unit)).join(" ");
}
