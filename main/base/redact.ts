/** `scheme://user:password@` and `scheme://user@`, up to the last `@` before the path or white space. */
const URL_CREDENTIALS = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#"'<>]*@/gi;
const AUTHORIZATION = /\b(authorization\s*:\s*)[^\r\n]*/gi;

/** `text` without credentials in URLs or authorisation headers (anchors F2). */
export function redactText(text: string): string {
  return text.replace(URL_CREDENTIALS, '$1[redacted]@').replace(AUTHORIZATION, '$1[redacted]');
}

/**
 * A redactor that also knows particular secrets, for the output of a child that was given them.
 * Both the plain and the percent-encoded form are replaced.
 */
export function redactorFor(secrets: readonly string[]): (text: string) => string {
  const needles = [...new Set(secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]))]
    .filter((needle) => needle.length > 0)
    .sort((a, b) => b.length - a.length);
  return (text) =>
    redactText(needles.reduce((current, needle) => current.split(needle).join('[redacted]'), text));
}
