"use client";

import type { MadeWebhook } from "@/lib/api/webhooks";
import { OnceShown } from "../once-shown";

/** The one time that a webhook's secret is shown. */
export function MadeSecretPanel({ made, onClose }: { made: MadeWebhook; onClose: () => void }) {
  return (
    <OnceShown label="The webhook’s secret" noun="secret" text={made.secret} onClose={onClose}>
      <strong className="font-semibold break-words">{made.label}</strong>: copy the secret now. It is not shown again. The receiver checks signatures
      with it{made.earlier_until && "; for a day, the secret before works too"}.
    </OnceShown>
  );
}
