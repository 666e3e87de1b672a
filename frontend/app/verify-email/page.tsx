import type { Metadata } from "next";
import Link from "next/link";
import { AuthFrame } from "@/components/auth/auth-frame";
import { Button } from "@/components/ui/button";

export const metadata: Metadata = { title: "Your address" };

const WRONG: Record<string, string> = {
  TOKEN_EXPIRED: "Its time is over. Ask for a new mail in the settings.",
  INVALID_TOKEN: "A part of it is missing, or it was used. Ask for a new mail in the settings.",
};

/** Where the mail that confirms an address leads; `?error=CODE` says why it was not confirmed. */
export default async function Page({ searchParams }: { searchParams: Promise<{ error?: string | string[] }> }) {
  const { error } = await searchParams;
  const code = Array.isArray(error) ? error[0] : error;
  const [title, detail] = code
    ? ["This link does not work", WRONG[code] ?? "Ask for a new mail in the settings."]
    : ["Confirmed", "This address is yours; reminders can reach you there."];
  return (
    <AuthFrame title={title} detail={detail}>
      <Button asChild variant="primary" size="large" className="w-full">
        <Link href={code ? "/settings#reminders" : "/"}>{code ? "Settings" : "Your list"}</Link>
      </Button>
    </AuthFrame>
  );
}
