import { redactorFor, redactText } from '../../base/redact';
import type { StreamEndpoint } from '../streams';
import { encodeUserInfo } from './concatScript';

/** Shorter secrets are not searched for by themselves: `1` would make every text unreadable. */
const SHORTEST_NEEDLE = 4;

/** To the next white space: a password that was put into it wrongly may hold anything else. */
const ADDRESS = /\b(rtsps?:\/\/\S*?)(['",.;:)\]]*)(?=\s|$)/gi;

/**
 * A redactor for what FFmpeg prints about a camera: every RTSP address other than the camera's
 * own clean one is replaced as a whole, so that even a cut or misread address cannot show a part of the
 * password; the password and its encoded forms go wherever else they stand.
 */
export function redactorForEndpoint(endpoint: StreamEndpoint): (text: string) => string {
  const password = endpoint.credentials?.password ?? '';
  const secrets = [password, encodeUserInfo(password)].filter((text) => text.length >= SHORTEST_NEEDLE);
  const redactSecrets = secrets.length > 0 ? redactorFor(secrets) : redactText;
  return (text) =>
    redactSecrets(text).replace(ADDRESS, (found: string, address: string, trail: string) =>
      address === endpoint.url ? found : `[camera address]${trail}`,
    );
}
