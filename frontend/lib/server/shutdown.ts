/**
 * One switch for the whole process. It lives on `globalThis` because the bundler gives the start-up hook and the
 * route handlers each their own copy of a module.
 */
const shared = globalThis as typeof globalThis & { eventStreamsSwitch?: AbortController };
shared.eventStreamsSwitch ??= new AbortController();

/** Aborted when the server was told to stop. */
export const stopping: AbortSignal = shared.eventStreamsSwitch.signal;

function endStreams(): void {
  shared.eventStreamsSwitch?.abort(new Error("The server is stopping."));
}

/** Event streams never end by themselves, so a server that waits for its open requests would wait for ever. */
export function endStreamsOnStop(): void {
  process.once("SIGTERM", endStreams);
  process.once("SIGINT", endStreams);
}
