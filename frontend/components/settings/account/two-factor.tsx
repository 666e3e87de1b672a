"use client";

import { QRCodeSVG } from "qrcode.react";
import { useState } from "react";
import { CodeForm } from "@/components/auth/code-form";
import { CopyButton } from "@/components/settings/copy-button";
import { Button } from "@/components/ui/button";
import { disableTwoFactor, enableTwoFactor, renewRecoveryCodes, type Enrolled } from "@/lib/api/account";
import { toast } from "@/lib/shell/toasts";
import { FieldsForm, PASSWORD } from "./fields-form";
import { Part } from "./part";

type Step = "closed" | "enable" | "disable" | "renew";

/** A code of an app besides the password: turned on in two steps, so that nobody is locked out by half of them. */
export function TwoFactor({ on, onChanged }: { on: boolean; onChanged: () => Promise<unknown> }) {
  const [step, setStep] = useState<Step>("closed");
  const [enrolled, setEnrolled] = useState<Enrolled | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const close = () => {
    setStep("closed");
    setEnrolled(null);
  };
  const entered = async () => {
    setCodes(enrolled?.backupCodes ?? null);
    close();
    await onChanged();
    toast("Two-factor sign-in is on.");
  };
  const send = async ({ password = "" }: Record<string, string>) => {
    if (step === "enable") return setEnrolled(await enableTwoFactor(password));
    if (step === "renew") {
      setCodes(await renewRecoveryCodes(password));
      return close();
    }
    await disableTwoFactor(password);
    setCodes(null);
    close();
    await onChanged();
    toast("Two-factor sign-in is off.");
  };
  const button = { closed: "", enable: "Continue", disable: "Turn off", renew: "Make new codes" }[step];
  return (
    <Part title="Two-factor sign-in" detail={on ? "On: a code of your app is asked besides the password." : "Off. With it, a code of an app on your phone is asked besides the password."}>
      {step === "closed" && (
        <div className="flex flex-wrap gap-2">
          {!on && <Button onClick={() => setStep("enable")}>Turn on</Button>}
          {on && <Button onClick={() => setStep("renew")}>New recovery codes</Button>}
          {on && (
            <Button variant="danger" onClick={() => setStep("disable")}>
              Turn off
            </Button>
          )}
        </div>
      )}
      {step !== "closed" && !enrolled && <FieldsForm fields={[PASSWORD]} button={button} danger={step === "disable"} onSend={send} onCancel={close} />}
      {enrolled && <Enrol enrolled={enrolled} onEntered={entered} onCancel={close} />}
      {codes && <RecoveryCodes codes={codes} onClose={() => setCodes(null)} />}
    </Part>
  );
}

function Enrol({ enrolled, onEntered, onCancel }: { enrolled: Enrolled; onEntered: () => Promise<void>; onCancel: () => void }) {
  const secret = new URL(enrolled.totpURI).searchParams.get("secret") ?? "";
  return (
    <div className="flex flex-col gap-4">
      <p className="text-sm">Scan this with an authenticator app, then type the code that it shows.</p>
      <div className="self-start rounded-xl bg-white p-3">
        <QRCodeSVG value={enrolled.totpURI} size={176} title="QR code for your authenticator app" />
      </div>
      <p className="text-[0.8125rem] text-muted">
        Or type this key: <code className="font-mono break-all text-ink">{secret.replace(/.{4}(?=.)/g, "$& ")}</code>
      </p>
      <CodeForm onEntered={onEntered} first />
      <Button className="self-start" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  );
}

function RecoveryCodes({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  return (
    <div role="group" aria-label="Recovery codes" className="flex flex-col gap-3 rounded-xl bg-warning-soft p-4 text-warning-ink">
      <p className="text-sm">Keep these codes where you find them without your phone. Each signs you in once. They are shown only now.</p>
      <ul className="grid grid-cols-2 gap-x-6 gap-y-1 font-mono text-sm">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={codes.join("\n")} label="Copy the codes" />
        <Button onClick={onClose}>I have kept them</Button>
      </div>
    </div>
  );
}
