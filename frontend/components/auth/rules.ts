export const SHORTEST_PASSWORD = 8;

/** What is wrong with a typed address; empty for nothing. */
export const emailProblem = (email: string): string => (/^\S+@\S+\.\S+$/.test(email.trim()) ? "" : "Enter an email address, like ana@example.com.");

/** What is wrong with a new password; empty for nothing. */
export function passwordProblem(password: string): string {
  if (!password) return "Enter your password.";
  return password.length < SHORTEST_PASSWORD ? `Use at least ${SHORTEST_PASSWORD} characters.` : "";
}
