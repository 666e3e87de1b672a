import { answerOf, client, type Schemas } from "@/lib/client";

export type AppRequest = Schemas["AppRequestOut"];
export type ConnectedApp = Schemas["ConnectedAppOut"];
export type Decision = Schemas["DecisionIn"];

/** What an app asks the signed-in user for. */
export async function readAppRequest(request: string, signal?: AbortSignal): Promise<AppRequest> {
  return (await answerOf(client.GET("/api/oauth/request", { params: { query: { request } }, signal }))).data;
}

/** Where the browser goes with the user's answer. */
export async function decide(body: Decision): Promise<string> {
  return (await answerOf(client.POST("/api/oauth/decision", { body }))).data.redirect_to;
}

export async function listApps(signal?: AbortSignal): Promise<ConnectedApp[]> {
  return (await answerOf(client.GET("/api/oauth/apps", { signal }))).data;
}

export async function endApp(id: string): Promise<void> {
  await answerOf(client.DELETE("/api/oauth/apps/{app_id}", { params: { path: { app_id: id } } }));
}
