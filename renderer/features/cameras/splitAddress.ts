export interface SplitAddress {
  /** The address without user information. */
  readonly address: string;
  readonly username: string;
  readonly password: string;
}

const SCHEME = /^\s*(rtsps?:\/\/)/i;
/** Host (name, IPv4 or [IPv6]) with an optional port, up to the path. */
const HOST = /^(\[[0-9a-f:.]+\]|[^\s/?#@:]+)(:\d{1,5})?(?=[/?#]|$)/i;
/** A host that can hardly be anything else: an address, a name with a dot, `localhost`. */
const SURE_HOST = /^(\[[0-9a-f:.]+\]|[^\s/?#@:]+\.[^\s/?#@:]+|localhost)(:\d{1,5})?(?=[/?#]|$)/i;
/** `camera:554` is a host; `admin:12` may be a user and the beginning of a password. */
const USUAL_PORT = /:(322|554|8322|8554)$/;

/**
 * Takes user and password out of a pasted `rtsp://user:password@host/path`. Cameras' manuals and people
 * write passwords unescaped, so a password may hold `@ : / # %`.
 * @returns null when the text is no RTSP address or holds no user information
 */
export function splitAddress(text: string): SplitAddress | null {
  const scheme = SCHEME.exec(text);
  if (scheme === null) return null;
  const [matched, prefix = ''] = scheme;
  const rest = text.slice(matched.length).trim();
  const at = endOfUserInfo(rest);
  if (at < 0) return null;
  const userInfo = rest.slice(0, at);
  const colon = userInfo.indexOf(':');
  return {
    address: prefix.toLowerCase() + rest.slice(at + 1),
    username: decode(colon < 0 ? userInfo : userInfo.slice(0, colon)),
    password: colon < 0 ? '' : decode(userInfo.slice(colon + 1)),
  };
}

/**
 * Position of the `@` that ends the user information; -1 when there is none. By the rules it is the last one
 * before the path; with an unescaped `/`, `?` or `#` in the password, the first that a host follows.
 */
function endOfUserInfo(rest: string): number {
  const authority = rest.split(/[/?#]/, 1)[0] ?? '';
  const byTheRules = authority.lastIndexOf('@');
  if (byTheRules < 0 && !mayBeUser(authority)) return -1;
  const ends = [...rest.matchAll(/@/g)].map(({ index }) => index).filter((at) => at >= byTheRules);
  const followed = (host: RegExp) => ends.find((at) => host.test(rest.slice(at + 1)));
  if (byTheRules >= 0) return followed(SURE_HOST) ?? byTheRules;
  return followed(HOST.test(authority) ? SURE_HOST : HOST) ?? -1;
}

/** Whether the text before the path can be `user:beginning-of-a-password` instead of a host. */
function mayBeUser(authority: string): boolean {
  if (!authority.includes(':') || SURE_HOST.test(authority)) return false;
  return !HOST.test(authority) || !USUAL_PORT.test(authority);
}

/** Text that is not percent-encoded stays as it was typed. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
