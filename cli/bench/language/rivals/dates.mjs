// What chrono-node reads: JSON lines {text, now} in; {due, microseconds} out. Run with TZ=UTC.
import { createInterface } from "node:readline";
import * as chrono from "chrono-node";

const pad = (number) => String(number).padStart(2, "0");

function due(result) {
  if (!result) return null;
  const { start } = result;
  const day = `${start.get("year")}-${pad(start.get("month"))}-${pad(start.get("day"))}`;
  return start.isCertain("hour") ? `${day}T${pad(start.get("hour"))}:${pad(start.get("minute"))}` : day;
}

for await (const line of createInterface({ input: process.stdin })) {
  const { text, now } = JSON.parse(line);
  const before = process.hrtime.bigint();
  const results = chrono.parse(text, new Date(`${now}Z`), { forwardDate: true });
  const microseconds = Number(process.hrtime.bigint() - before) / 1000;
  console.log(JSON.stringify({ due: due(results[0]), microseconds }));
}
