/** An instant's day, as the lists of the settings show it. */
export const shortDay = (instant: string): string =>
  new Date(instant).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });

/** An instant's day and minute, in this browser's zone. */
export const shortMoment = (instant: string): string =>
  new Date(instant).toLocaleString("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
