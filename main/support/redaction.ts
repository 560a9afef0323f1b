import { redactText } from '../base/redact';

/** What must not be in a bundle, wherever it stands. */
export interface KnownSecrets {
  /** Replaced wherever they are found. */
  readonly passwords: readonly string[];
  /** Replaced where they stand as a word of their own; those that every camera has tell nothing and stay. */
  readonly names: readonly string[];
  /** Folder of the user, which tells who that is; written as `~`. */
  readonly home: string;
}

const HIDDEN = '[redacted]';
/** A shorter password is only replaced as a word: it would tear every number and word apart. */
const LEAST_PART = 3;
const COMMON_NAMES = new Set(['admin', 'administrator', 'root', 'user', 'viewer', 'operator', 'guest']);

/** The question part of an address: some cameras take user and password there. */
const URL_QUERY = /\b([a-z][a-z0-9+.-]*:\/\/[^\s?"'<>\\]*)\?[^\s"'<>\\]*/gi;
/** `name=value` inside the path of an address, as in /user=admin_password=x_channel=1. */
const URL_WITH_PAIRS = /\b[a-z][a-z0-9+.-]*:\/\/[^\s?"'<>\\]*=[^\s?"'<>\\]*/gi;
const PAIR = /([A-Za-z0-9-]+)=[^/&;_]*/g;
const SECRET_WORD =
  '[\\w-]*(?:password|passwd|passphrase|pwd|secret|token|api[_-]?key|private[_-]?key|credentials?|authorization|psk)';
/** `password=x`, `"secret": "x"`, `\"token\":\"x\"`, `passphrase: x`. Yes, no and small numbers are no secrets. */
const SECRET_PAIR = new RegExp(
  `\\b(${SECRET_WORD}(?:\\\\*["'])?\\s*[=:]\\s*)` +
    `(?!(?:true|false|null|\\d{1,2})\\b|\\[redacted\\])(\\\\*"(?:[^"\\\\]|\\\\[^"])*\\\\*"|'[^']*'|[^\\s&,;"'}\\]\\\\]+)`,
  'gi',
);
/** The words after which HTTP carries credentials. */
const SCHEME = /\b(Basic|Bearer|Digest)\s+(?!realm)[A-Za-z0-9+/=._~-]{6,}/g;

/** Text without anything that opens something: what is known to be secret, and what looks like it. */
export function supportRedactor(known: KnownSecrets): (text: string) => string {
  const parts = unique(known.passwords.filter((one) => one.length >= LEAST_PART).flatMap(forms));
  const words = unique([
    ...known.passwords.filter((one) => one.length > 0 && one.length < LEAST_PART),
    ...known.names.filter((one) => one.length > 1 && !COMMON_NAMES.has(one.toLowerCase())),
  ]);
  const exact = parts.length === 0 ? null : new RegExp(parts.map(escaped).join('|'), 'gi');
  const asWords =
    words.length === 0 ? null : new RegExp(`(?<![\\w-])(?:${words.map(escaped).join('|')})(?![\\w-])`, 'gi');
  return (text) => {
    let clean = text;
    if (exact !== null) clean = clean.replace(exact, HIDDEN);
    clean = redactText(clean)
      .replace(URL_QUERY, `$1?${HIDDEN}`)
      .replace(URL_WITH_PAIRS, (address) => address.replace(PAIR, `$1=${HIDDEN}`))
      .replace(SECRET_PAIR, (_whole, name: string, value: string) => name + hidden(value))
      .replace(SCHEME, `$1 ${HIDDEN}`);
    if (asWords !== null) clean = clean.replace(asWords, HIDDEN);
    return known.home.length > 1 ? clean.replaceAll(known.home, '~') : clean;
  };
}

/** In the quotes that it had, so that JSON stays JSON. */
function hidden(value: string): string {
  const quotes = /^(\\*["'])[\s\S]*?(\\*["'])$/.exec(value);
  return quotes === null ? HIDDEN : `${quotes[1] ?? ''}${HIDDEN}${quotes[2] ?? ''}`;
}

/** As it is, in an address, in JSON, as base64, which is how HTTP sends it, and as bytes. */
function forms(secret: string): string[] {
  return [
    secret,
    encodeURIComponent(secret),
    encodeURIComponent(secret).replace(/'/g, '%27'),
    encodeURI(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    Buffer.from(secret).toString('hex'),
  ];
}

/** Longest first: a secret may hold another. */
const unique = (all: readonly string[]): string[] =>
  [...new Set(all)].filter((one) => one.length > 0).sort((a, b) => b.length - a.length);

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
