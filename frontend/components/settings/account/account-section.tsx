"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Skeleton } from "@/components/ui/skeleton";
import { ACCOUNT, readHere, rename, SESSIONS } from "@/lib/api/account";
import { failureMessage } from "@/lib/api/http";
import type { User } from "@/lib/api/types";
import { toast } from "@/lib/shell/toasts";
import { FieldsForm } from "./fields-form";
import { Part } from "./part";
import { Passkeys } from "./passkeys";
import { PasswordPart } from "./password-part";
import { Sessions } from "./sessions";
import { TwoFactor } from "./two-factor";
import { YourData } from "./your-data";

/** The person's own name, ways in, signed-in devices and data. */
export function AccountSection({ user }: { user: User }) {
  const client = useQueryClient();
  const here = useQuery({ queryKey: ACCOUNT, queryFn: ({ signal }) => readHere(signal), staleTime: 0 });
  const changeName = async ({ name }: Record<string, string>) => {
    const wanted = (name ?? "").trim();
    await rename(wanted);
    client.setQueryData<User>(["session"], (known) => known && { ...known, name: wanted });
    toast("Saved.");
  };
  /** After a change of the session itself: the list of sessions is another, too. */
  const renew = () => Promise.all([ACCOUNT, SESSIONS].map((queryKey) => client.invalidateQueries({ queryKey })));
  return (
    <section aria-labelledby="you-heading" className="flex flex-col gap-5">
      <h2 id="you-heading" className="text-base font-semibold">
        You
      </h2>
      {here.isPending && <Skeleton className="h-72 rounded-2xl" />}
      {here.isError && (
        <p role="alert" className="text-sm text-danger">
          {failureMessage(here.error)}
        </p>
      )}
      {here.data && (
        <div className="divide-y rounded-2xl border bg-surface">
          <Part title="Name" detail={here.data.user.email}>
            <FieldsForm
              fields={[{ name: "name", label: "What you are called", complete: "name", initial: user.name, check: (name) => (name.trim() ? "" : "Enter a name.") }]}
              button="Save"
              onSend={changeName}
            />
          </Part>
          <PasswordPart onChanged={renew} />
          <TwoFactor on={here.data.user.twoFactorEnabled} onChanged={renew} />
          <Passkeys email={here.data.user.email} token={here.data.token} />
          <Sessions email={here.data.user.email} token={here.data.token} />
          <YourData />
        </div>
      )}
    </section>
  );
}
