// Better Auth's official client confirms an address, changes it and resets the password. argv: the server, and where
// GET /mails tells what it mailed, as [{to, url}]. Prints what each step answered, as JSON.
import { createAuthClient } from "better-auth/client";
import { newBrowser } from "./jar.mjs";

const [baseURL, postOffice] = process.argv.slice(2);
const now = Date.now();
const [email, changed, taken] = ["first", "changed", "taken"].map((name) => `${name}-${now}@example.com`);
const password = "correct horse battery";

const { browserFetch } = newBrowser(baseURL);
const browser = createAuthClient({ baseURL, fetchOptions: { customFetchImpl: browserFetch } });
const other = newBrowser(baseURL).browserFetch;
const stranger = createAuthClient({ baseURL, fetchOptions: { customFetchImpl: other } });

// The link of the latest mail to the address; they are sent beside the request.
async function linkTo(address, before = 0) {
  for (let tries = 0; tries < 100; tries += 1) {
    const mails = (await (await fetch(`${postOffice}/mails`)).json()).filter((mail) => mail.to === address);
    if (mails.length > before) return new URL(mails.at(-1).url);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no mail to ${address}`);
}

const tokenOf = (link) => link.searchParams.get("token") ?? link.pathname.split("/").at(-1);

async function opened(link) {
  const url = new URL(link.pathname + link.search, baseURL);
  const response = await browserFetch(url, { redirect: "manual" });
  const location = response.headers.get("location");
  const target = location && new URL(location, baseURL);
  return { status: response.status, path: target?.pathname, has: target && [...target.searchParams.keys()].sort() };
}

const steps = {};
await stranger.signUp.email({ name: "Taken", email: taken, password });
await browser.signUp.email({ name: "First", email, password });
steps.otherAddress = await browser.sendVerificationEmail({ email: taken });
steps.sendVerification = await browser.sendVerificationEmail({ email, callbackURL: "/settings" });
const verification = await linkTo(email);
steps.verifyForged = await browser.verifyEmail({ query: { token: `${tokenOf(verification)}x` } });
steps.verify = await browser.verifyEmail({ query: { token: tokenOf(verification) } });
steps.verifyAgain = await browser.verifyEmail({ query: { token: tokenOf(verification) } });
steps.verifyByLink = await opened(verification);
steps.sessionAfterVerify = await browser.getSession();
steps.sendVerificationAgain = await browser.sendVerificationEmail({ email });

steps.sameAddress = await browser.changeEmail({ newEmail: email });
steps.takenAddress = await browser.changeEmail({ newEmail: taken });
steps.changeEmail = await browser.changeEmail({ newEmail: changed, callbackURL: "/settings" });
steps.confirmed = await browser.verifyEmail({ query: { token: tokenOf(await linkTo(email, 1)) } });
steps.sessionBeforeChange = await browser.getSession();
steps.changed = await browser.verifyEmail({ query: { token: tokenOf(await linkTo(changed)) } });
steps.sessionAfterChange = await browser.getSession();

steps.requestReset = await stranger.requestPasswordReset({ email: changed, redirectTo: "/new-password" });
steps.requestResetOfNobody = await stranger.requestPasswordReset({ email: `nobody-${now}@example.com` });
steps.requestResetElsewhere = await stranger.requestPasswordReset({
  email: changed, redirectTo: "https://evil.example/",
});
const reset = await linkTo(changed, 1);
steps.openReset = await opened(reset);
steps.openForgedReset = await opened(new URL(reset.href.replace(tokenOf(reset), "forged")));
const fresh = { newPassword: `${password} staple`, token: tokenOf(reset) };
steps.resetTooShort = await stranger.resetPassword({ ...fresh, newPassword: "short" });
steps.resetForged = await stranger.resetPassword({ ...fresh, token: "forged" });
steps.resetWithout = await stranger.resetPassword({ newPassword: fresh.newPassword });
steps.reset = await stranger.resetPassword(fresh);
steps.resetAgain = await stranger.resetPassword(fresh);
steps.sessionAfterReset = await browser.getSession();
steps.signInWithTheOld = await browser.signIn.email({ email: changed, password });
steps.signInWithTheNew = await browser.signIn.email({ email: changed, password: fresh.newPassword });

console.log(JSON.stringify({ email, steps }));
