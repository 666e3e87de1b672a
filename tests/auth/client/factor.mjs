// Better Auth's official client turns two-factor sign-in on, signs in by it, and makes and uses passkeys. argv: the
// server. Prints what each step answered, as JSON.
import { createHmac } from "node:crypto";
import { passkeyClient } from "@better-auth/passkey/client";
import { createAuthClient } from "better-auth/client";
import { twoFactorClient } from "better-auth/client/plugins";
import { installAuthenticator } from "./authenticator.mjs";
import { newBrowser } from "./jar.mjs";

const [baseURL] = process.argv.slice(2);
const email = `factor-${Date.now()}@example.com`;
const password = "correct horse battery";
const authenticator = installAuthenticator({ origin: new URL(baseURL).origin });

function newClient() {
  const { jar, browserFetch } = newBrowser(baseURL);
  const client = createAuthClient({
    baseURL, plugins: [twoFactorClient(), passkeyClient()], fetchOptions: { customFetchImpl: browserFetch },
  });
  return { jar, client };
}

// The code of an app (RFC 6238) for the step that is so many away; each is good once.
function codeOf(uri, away) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...new URL(uri).searchParams.get("secret").replace(/=+$/, "")]
    .map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + away));
  const digest = createHmac("sha1", key).update(counter).digest();
  const number = digest.readUInt32BE(digest.at(-1) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

const steps = {};
const { jar, client } = newClient();
await client.signUp.email({ name: "Factor", email, password });
steps.disabledUri = await client.twoFactor.getTotpUri({ password });
steps.enableWrongPassword = await client.twoFactor.enable({ password: "not the password" });
steps.enable = await client.twoFactor.enable({ password });
const uri = steps.enable.data.totpURI;
steps.uri = await client.twoFactor.getTotpUri({ password });
steps.wrongFirstCode = await client.twoFactor.verifyTotp({ code: "000000" });
steps.firstCode = await client.twoFactor.verifyTotp({ code: codeOf(uri, -1) });
steps.session = await client.getSession();
steps.enableAgain = await client.twoFactor.enable({ password });
await client.signOut();

steps.signIn = await client.signIn.email({ email, password });
steps.cookies = [...jar.keys()];
steps.sessionBetween = await client.getSession();
steps.wrongCode = await client.twoFactor.verifyTotp({ code: "000000" });
steps.code = await client.twoFactor.verifyTotp({ code: codeOf(uri, 0), trustDevice: true });
steps.cookiesTrusted = [...jar.keys()].sort();
await client.signOut();
steps.signInTrusted = await client.signIn.email({ email, password });

const other = newClient();
steps.signInElsewhere = await other.client.signIn.email({ email, password });
const [backupCode] = steps.enable.data.backupCodes;
steps.wrongBackupCode = await other.client.twoFactor.verifyBackupCode({ code: "aaaaa-aaaaa" });
steps.backupCode = await other.client.twoFactor.verifyBackupCode({ code: backupCode });
await other.client.signOut();
await other.client.signIn.email({ email, password });
steps.backupCodeAgain = await other.client.twoFactor.verifyBackupCode({ code: backupCode });
steps.noSignInWaits = await newClient().client.twoFactor.verifyTotp({ code: "000000" });
steps.newBackupCodes = await client.twoFactor.generateBackupCodes({ password });

steps.addPasskey = await client.passkey.addPasskey({ name: "Laptop" });
steps.passkeys = await client.$fetch("/passkey/list-user-passkeys");
await client.signOut();
steps.signInByPasskey = await client.signIn.passkey();
steps.sessionByPasskey = await client.getSession();
authenticator.origin = "http://evil.example";
steps.signInByForeignPage = await client.signIn.passkey();
authenticator.origin = new URL(baseURL).origin;
const { id } = steps.addPasskey.data;
steps.rename = await client.$fetch("/passkey/update-passkey", { method: "POST", body: { id, name: "Old laptop" } });
steps.deleteUnknown = await client.$fetch("/passkey/delete-passkey", { method: "POST", body: { id: "nothing" } });
steps.delete = await client.$fetch("/passkey/delete-passkey", { method: "POST", body: { id } });
await client.signOut();
steps.signInByRemoved = await client.signIn.passkey();

await client.signIn.email({ email, password });
steps.disable = await client.twoFactor.disable({ password });
steps.cookiesAfterDisable = [...jar.keys()].sort();
await client.signOut();
steps.signInAfterDisable = await client.signIn.email({ email, password });

console.log(JSON.stringify({ email, steps }));
