/** Runs once when the server starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { endStreamsOnStop } = await import("./lib/server/shutdown");
    const { nameClientsByPeer } = await import("./lib/server/peers");
    const { passCalendarsOn } = await import("./lib/server/calendars");
    endStreamsOnStop();
    passCalendarsOn();
    nameClientsByPeer(); // the last is asked first: what is passed on names its client too
  }
}
