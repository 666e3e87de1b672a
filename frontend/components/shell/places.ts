export type PlaceName = "list" | "settings" | "history" | "reminders" | "connect";

/** What shows the places of who is signed in; it comes when somebody is. */
export const loadPlace = () => import("./place");
