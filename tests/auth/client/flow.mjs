// Better Auth's official client against the server named in argv: prints what each step answered, as JSON.
import { createAuthClient } from "better-auth/client";
import { newBrowser } from "./jar.mjs";

const [baseURL] = process.argv.slice(2);
const email = `official-${Date.now()}@example.com`;
const password = "correct horse battery";
const { jar, browserFetch } = newBrowser(baseURL);
let bearer = null;

const browser = createAuthClient({ baseURL, fetchOptions: { customFetchImpl: browserFetch } });
const program = createAuthClient({
  baseURL,
  fetchOptions: {
    headers: { origin: new URL(baseURL).origin }, // Better Auth's own server insists on one
    auth: { type: "Bearer", token: () => bearer ?? "" },
    onSuccess: (context) => (bearer = context.response.headers.get("set-auth-token") ?? bearer),
  },
});

const steps = {};
steps.signUp = await browser.signUp.email({ name: "Official Client", email, password });
steps.cookiesAfterSignUp = [...jar.keys()];
steps.sessionAfterSignUp = await browser.getSession();
steps.signOut = await browser.signOut();
steps.cookiesAfterSignOut = [...jar.keys()];
steps.sessionAfterSignOut = await browser.getSession();
steps.wrongPassword = await browser.signIn.email({ email, password: "not the password" });
steps.signIn = await browser.signIn.email({ email, password, rememberMe: false });
steps.cookiesAfterSignIn = [...jar.keys()].sort();
steps.updateUser = await browser.updateUser({ name: "Renamed" });
steps.sessionAfterUpdate = await browser.getSession();
steps.listSessions = await browser.listSessions();
steps.again = await browser.signUp.email({ name: "Again", email, password });

steps.bearerSignIn = await program.signIn.email({ email, password });
steps.bearerToken = bearer;
steps.bearerSession = await program.getSession();
bearer = bearer.split(".")[0]; // the raw token is as good as the signed one
steps.bearerRawSession = await program.getSession();
steps.changePassword = await program.changePassword({
  currentPassword: password, newPassword: `${password} staple`, revokeOtherSessions: true,
});
steps.browserAfterRevocation = await browser.getSession();
steps.bearerAfterChange = await program.getSession();
steps.deleteUser = await program.deleteUser({ password: `${password} staple` });
steps.bearerAfterDelete = await program.getSession();

console.log(JSON.stringify({ email, steps }));
