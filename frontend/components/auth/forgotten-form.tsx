"use client";

import { useState } from "react";
import { requestPasswordReset } from "@/lib/api/auth";
import { SmallForm } from "./small-form";
import { emailProblem } from "./rules";

/** Asks for the mail that leads to a new password. Whether the address has an account is told to nobody. */
export function ForgottenForm() {
  const [sent, setSent] = useState("");
  if (sent) {
    return (
      <p role="status" className="rounded-xl bg-accent-soft px-4 py-3 text-sm text-accent-text">
        If {sent} has an account, a mail with a link is on its way there. The link is good for an hour.
      </p>
    );
  }
  return (
    <SmallForm
      name="email"
      label="Email"
      type="email"
      complete="email"
      button="Send me a link"
      check={emailProblem}
      onSend={async (email) => {
        await requestPasswordReset(email.trim());
        setSent(email.trim());
      }}
    />
  );
}
