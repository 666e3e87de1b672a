"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { archiveProject } from "@/lib/tasks/groups";
import { useLabel } from "@/lib/tasks/labels";

/** Why this project's tasks are seen here alone, and the way back. */
export function ArchivedNote({ name }: { name: string }) {
  const client = useQueryClient();
  if (!useLabel("project", name)?.archived) return null;
  return (
    <p className="mt-1 text-sm text-muted">
      Archived: its tasks are here and in searches, not in the other lists.{" "}
      <Button variant="link" size="none" className="max-md:h-11" onClick={() => void archiveProject(client, name, false)}>
        Bring it back
      </Button>
    </p>
  );
}
