/** Names of query parameters that are credentials. */
const credential = "api[-_]?key|access[-_]?token|auth|authorization|key|password|secret|sig|signature|token";
const parameter = new RegExp(`([?&](?:${credential})=)[^&#"]*`, "gi");

const named = new RegExp(`^(?:${credential})$`, "i");

/** Whether a URL has a credential in it: a user, a password, or a parameter that is one by its name, and not `{resource}`. */
export function hasCredential(url: URL): boolean {
  const isSecret = ([name, value]: [string, string]) => named.test(name) && value !== "{resource}";
  return url.username + url.password !== "" || [...url.searchParams].some(isSecret);
}

/** A text without the credentials of the URLs in it: it may be printed or logged. */
export function masked(text: string): string {
  return text.replace(/\/\/[^/@]*@/g, "//***@").replace(parameter, "$1***");
}

/** A text without these secrets, such as an answer that repeats what it was asked with. */
export function without(secrets: readonly string[], text: string): string {
  return secrets.reduce((text, secret) => text.replaceAll(secret, "***"), text);
}
