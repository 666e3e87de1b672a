import { createStore } from "./store";

/** Whether the backend answered the last time that the page asked. */
export const reachable = createStore(true);

/** True once the server said that the session is over; the login page then tells why it is shown. */
export const sessionEnded = createStore(false);
