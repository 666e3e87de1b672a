import type { Day } from "@/lib/api/assistant";
import { timeLabel } from "@/lib/tasks/dates";

const whole = new Intl.NumberFormat("en-GB");
const dollars = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });

const KINDS = [
  { key: "turns", name: "Turns", say: whole.format },
  { key: "tokens", name: "Tokens", say: whole.format },
  { key: "cost", name: "Cost", say: dollars.format },
] as const;

/** What of today's limits of the model is used. */
export function UsageToday({ day }: { day: Day }) {
  const over = KINDS.some(({ key }) => day[key].used >= day[key].limit);
  return (
    <div className="rounded-2xl border bg-surface px-4 py-4 sm:px-5">
      <h3 className="text-sm font-medium">The model today</h3>
      <dl className="mt-3 grid gap-x-6 gap-y-3 sm:grid-cols-3">
        {KINDS.map(({ key, name, say }) => (
          <div key={key}>
            <dt className="text-[0.8125rem] text-muted">{name}</dt>
            <dd className="text-sm tabular-nums">
              {say(day[key].used)} <span className="text-muted">of {say(day[key].limit)}</span>
              <Bar share={day[key].limit > 0 ? day[key].used / day[key].limit : 1} />
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 text-[0.8125rem] text-muted">
        {over ? "That is all for today: until" : "When one is used up, the built-in engine answers until"} {timeLabel(day.ends_at)} (midnight UTC)
        {over ? ", the built-in engine answers." : "."}
      </p>
    </div>
  );
}

function Bar({ share }: { share: number }) {
  const full = share >= 1;
  return (
    <span aria-hidden className="mt-1.5 block h-1 overflow-hidden rounded-full bg-line">
      <span className={`block h-full rounded-full ${full ? "bg-danger" : "bg-accent"}`} style={{ width: `${Math.min(share, 1) * 100}%` }} />
    </span>
  );
}
