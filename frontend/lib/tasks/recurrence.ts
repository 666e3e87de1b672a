import type { Task } from "@/lib/api/types";
import { weekday } from "./dates";

/** The part of RFC 5545's RRULE that the editor can set; other parts are kept in `rest` as they were. */
export interface Repeat {
  frequency: "DAILY" | "WEEKLY" | "MONTHLY" | "YEARLY";
  interval: number;
  /** Two-letter days, for WEEKLY. */
  days: string[];
  rest: string[];
}

export const DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
const WORKDAYS = DAYS.slice(0, 5).join();
const NAMES: Record<string, string> = { MO: "Mon", TU: "Tue", WE: "Wed", TH: "Thu", FR: "Fri", SA: "Sat", SU: "Sun" };
const UNITS = { DAILY: "day", WEEKLY: "week", MONTHLY: "month", YEARLY: "year" } as const;
const ORDINALS: Record<string, string> = { 1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", "-1": "last" };

export const dayName = (day: string): string => NAMES[day] ?? day;

export function unitName(frequency: Repeat["frequency"], interval: number): string {
  return interval === 1 ? UNITS[frequency] : `${UNITS[frequency]}s`;
}

/** The two-letter day of a calendar date. */
export function dayCode(date: string): string {
  return DAYS[(weekday(date) + 6) % 7]!;
}

function isFrequency(value: string | undefined): value is Repeat["frequency"] {
  return value !== undefined && value in UNITS;
}

/** Read a rule; null if it has no frequency that the editor knows. */
export function parseRule(rule: string): Repeat | null {
  const parts = rule.replace(/^RRULE:/, "").split(";");
  const value = (name: string) => parts.find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1);
  const frequency = value("FREQ");
  if (!isFrequency(frequency)) return null;
  const weekly = frequency === "WEEKLY";
  const known = weekly ? /^(FREQ|INTERVAL|BYDAY)=/ : /^(FREQ|INTERVAL)=/;
  return {
    frequency,
    interval: Number(value("INTERVAL") ?? 1) || 1,
    days: weekly ? (value("BYDAY")?.split(",") ?? []) : [],
    rest: parts.filter((part) => part && !known.test(part)),
  };
}

export function formatRule(repeat: Repeat): string {
  const days = DAYS.filter((day) => repeat.days.includes(day));
  return [
    `FREQ=${repeat.frequency}`,
    repeat.interval > 1 ? `INTERVAL=${repeat.interval}` : "",
    repeat.frequency === "WEEKLY" && days.length > 0 ? `BYDAY=${days.join()}` : "",
    ...repeat.rest,
  ]
    .filter(Boolean)
    .join(";");
}

function restLabel(part: string): string {
  const [name, value = ""] = part.split("=");
  if (name === "BYMONTHDAY") return value === "-1" ? "on the last day" : `on the ${value.split(",").map(ordinal).join(", ")}`;
  const nth = /^(-?\d)([A-Z]{2})$/.exec(value);
  if (name === "BYDAY" && nth) return `on the ${ORDINALS[nth[1]!] ?? nth[1]} ${dayName(nth[2]!)}`;
  if (name === "BYDAY") return `on ${value.split(",").map(dayName).join(", ")}`;
  if (name === "UNTIL") return `until ${value.slice(0, 4)}-${value.slice(4, 6)}-${value.slice(6, 8)}`;
  if (name === "COUNT") return `${value} times`;
  return "";
}

function ordinal(day: string): string {
  const number = Number(day);
  const suffix = number % 100 >= 11 && number % 100 <= 13 ? "th" : (["th", "st", "nd", "rd"][number % 10] ?? "th");
  return `${day}${suffix}`;
}

function baseLabel({ frequency, interval, days }: Repeat): string {
  const every = interval === 1 ? `Every ${UNITS[frequency]}` : `Every ${interval} ${UNITS[frequency]}s`;
  if (frequency !== "WEEKLY" || days.length === 0) return every;
  const sorted = DAYS.filter((day) => days.includes(day));
  if (interval === 1 && sorted.join() === WORKDAYS) return "Every weekday";
  if (interval === 1 && sorted.length === 7) return "Every day";
  const names = sorted.map(dayName).join(", ");
  return interval === 1 ? `Every ${names}` : `${every} on ${names}`;
}

/** A rule in words: "Every 2 weeks on Mon, Thu", and "after completion" where it counts from there. */
export function ruleLabel(rule: string, countsFrom?: Task["recurrence_from"]): string {
  const repeat = parseRule(rule);
  if (!repeat) return "Repeats";
  const counted = countsFrom === "completion" ? ["after completion"] : [];
  return [baseLabel(repeat), ...repeat.rest.map(restLabel).filter(Boolean), ...counted].join(" ");
}
