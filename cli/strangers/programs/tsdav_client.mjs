// tsdav as a client: lists, tasks, conflicts, synchronisation. Runs in the folder in which tsdav is installed.
import { createDAVClient } from "tsdav";

const url = process.env.TODO_URL;
const client = await createDAVClient({
  serverUrl: url,
  credentials: { username: process.env.TODO_EMAIL, password: process.env.TODO_TOKEN },
  authMethod: "Basic",
  defaultAccountType: "caldav",
});

async function check(name, act) {
  try {
    const found = await act();
    console.log(JSON.stringify({ name, passed: found !== false, detail: "" }));
    return found;
  } catch (error) {
    console.log(JSON.stringify({ name, passed: false, detail: String(error) }));
    return undefined;
  }
}

const text = (summary, status = "NEEDS-ACTION") =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//t//EN\r\nBEGIN:VTODO\r\nUID:tsdav-1\r\nDTSTAMP:20270301T000000Z\r\nSUMMARY:${summary}\r\nDUE:20270305T170000Z\r\nSTATUS:${status}\r\nEND:VTODO\r\nEND:VCALENDAR\r\n`;
const todoFilters = [{ "comp-filter": { _attributes: { name: "VCALENDAR" }, "comp-filter": { _attributes: { name: "VTODO" } } } }];
const objects = (calendar) => client.fetchCalendarObjects({ calendar, filters: todoFilters });

let calendars = await check("lists the calendars", () => client.fetchCalendars());
await check("says that they hold tasks", () => calendars.every((one) => one.components.includes("VTODO")));
await check("makes a calendar", async () => {
  const answers = await client.makeCalendar({ url: `${calendars[0].url.replace(/[^/]+\/$/, "")}garden/`, props: { displayname: "Garden" } });
  return answers.every((one) => one.ok);
});
calendars = await client.fetchCalendars();
const garden = await check("finds it", () => calendars.find((one) => one.displayName === "Garden") ?? false);
await check("adds a task", async () => (await client.createCalendarObject({ calendar: garden, filename: "1.ics", iCalString: text("dig") })).ok);
await check("does not add it twice", async () => (await client.createCalendarObject({ calendar: garden, filename: "1.ics", iCalString: text("dig") })).status === 412);
const [made] = (await check("reads it", () => objects(garden))) ?? [];
await check("reads it as it was written", () => made.data.includes("SUMMARY:dig"));
await check("changes it", async () => (await client.updateCalendarObject({ calendarObject: { ...made, data: text("dig deep") } })).ok);
await check("does not change it by an old tag", async () => (await client.updateCalendarObject({ calendarObject: { ...made, data: text("late") } })).status === 412);
await check("sees that the calendar changed", async () => (await client.isCollectionDirty({ collection: garden })).isDirty);
const synced = await check("synchronises", () => client.smartCollectionSync({ collection: { ...garden, objects: [], objectMultiGet: client.calendarMultiGet }, method: "webdav" }));
await check("has the task then", () => synced.objects.some((one) => one.data.includes("dig deep")));
await check("sees no change after", async () => {
  const again = await client.smartCollectionSync({ collection: { ...synced, objectMultiGet: client.calendarMultiGet }, method: "webdav", detailedResult: true });
  return [again.objects.created, again.objects.updated, again.objects.deleted].every((one) => one.length === 0);
});
const [now] = await objects(garden);
await check("completes it", async () => (await client.updateCalendarObject({ calendarObject: { ...now, data: text("dig deep", "COMPLETED") } })).ok);
const [done] = await objects(garden);
await check("deletes it", async () => (await client.deleteCalendarObject({ calendarObject: done })).ok);
await check("has none then", async () => (await objects(garden)).length === 0);
