"use client";

import type { MadeToken } from "@/lib/api/tokens";
import { OnceShown } from "./once-shown";

/** The one time that a token is shown. */
export function MadeTokenPanel({ made, onClose }: { made: MadeToken; onClose: () => void }) {
  return (
    <OnceShown label="Your new token" noun="token" text={made.token} onClose={onClose}>
      <strong className="font-semibold break-words">{made.name}</strong>: copy the token now. It is not shown again.
    </OnceShown>
  );
}
