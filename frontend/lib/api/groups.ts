import { answerOf, client, type Schemas } from "@/lib/client";
import { written, type Written } from "./tasks";

export type GroupKind = "project" | "tag";
export type GroupCount = Schemas["GroupOut"];
export type Renamed = Schemas["RenamedOut"];
export type BulkIn = Schemas["CompleteMany"] | Schemas["ReopenMany"] | Schemas["DeleteMany"] | Schemas["UpdateMany"];

/** The user's projects or tags, done tasks counted too. */
export async function listGroups(kind: GroupKind, signal?: AbortSignal): Promise<GroupCount[]> {
  const request = kind === "project" ? client.GET("/api/projects", { signal }) : client.GET("/api/tags", { signal });
  return (await answerOf(request)).data;
}

/** Give all tasks of a project or tag another name; an ApiError 409 where others have it and `merge` is not said. */
export function renameGroup(kind: GroupKind, name: string, to: string, merge: boolean): Promise<Written<Renamed>> {
  const body = { name, to, merge };
  return written(kind === "project" ? client.POST("/api/projects/rename", { body }) : client.POST("/api/tags/rename", { body }));
}

/** Do one thing to many tasks: to all or, with an ApiError, to none. */
export function changeMany(body: BulkIn): Promise<Written<Schemas["BulkOut"]>> {
  return written(client.POST("/api/tasks/bulk", { body }));
}
