"use client";

import Link from "next/link";
import { useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { resetPassword } from "@/lib/api/auth";
import { AuthFrame } from "./auth-frame";
import { passwordProblem } from "./rules";
import { SmallForm } from "./small-form";

/** Where the mailed link leads: a new password, or why the link does not work. */
export function ResetScreen() {
  const params = useSearchParams();
  const [token] = useState(params.get("token") ?? "");
  const [isSet, setSet] = useState(false);
  useEffect(() => {
    // The token is a key: it stays neither in the address nor in the history.
    if (token) window.history.replaceState(null, "", "/reset-password");
  }, [token]);
  const home = (
    <Button asChild variant="primary" size="large" className="w-full">
      <Link href="/">Sign in</Link>
    </Button>
  );
  if (isSet) {
    return (
      <AuthFrame title="The password is set" detail="You are signed out everywhere. Sign in with the new one.">
        {home}
      </AuthFrame>
    );
  }
  if (!token) {
    return (
      <AuthFrame title="This link does not work" detail="It was used, or its hour is over. Ask for a new one on the sign-in page.">
        {home}
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title="Choose a new password" detail="It takes the place of the old one, and signs you out everywhere.">
      <SmallForm
        name="password"
        label="New password"
        type="password"
        complete="new-password"
        button="Set the password"
        check={passwordProblem}
        onSend={async (password) => {
          await resetPassword(token, password);
          setSet(true);
        }}
      />
    </AuthFrame>
  );
}
