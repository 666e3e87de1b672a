import type { Metadata } from "next";
import { Suspense } from "react";
import { ResetScreen } from "@/components/auth/reset-screen";

export const metadata: Metadata = { title: "New password", referrer: "no-referrer" };

/** Where the mail for a forgotten password leads. */
export default function Page() {
  return (
    <Suspense>
      <ResetScreen />
    </Suspense>
  );
}
