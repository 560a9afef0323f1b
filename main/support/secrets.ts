import os from 'node:os';
import type { Store } from '../store/types';
import type { KnownSecrets } from './redaction';

export interface SecretSources {
  readonly store: Pick<Store, 'read'>;
  /** Opens the kept password of a camera. */
  readonly password: (deviceId: string) => Promise<string | null>;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const SECRET_VARIABLE = /pass|secret|token|key|credential|auth/i;
/** What a variable with such a name may well hold without being a secret. */
const HARMLESS_VALUE = /^(?:true|false|yes|no|on|off|\d{1,5}|\/[^\s]*|)$/i;

/** Everything secret that this workstation knows, to be kept out of a bundle. A password that cannot be opened is in no text either. */
export async function knownSecrets(sources: SecretSources): Promise<KnownSecrets> {
  const passwords: string[] = [];
  const names: string[] = [];
  for (const device of (await sources.store.read.listDevices()).rows) {
    if (device.username !== null) names.push(device.username);
    for (const url of [device.rtspUrl, device.subRtspUrl]) if (url !== null) passwords.push(...valuesOf(url));
    const password = device.hasPassword ? await sources.password(device.id).catch(() => null) : null;
    // With the user's name, as HTTP joins them before they become base64.
    if (password !== null) passwords.push(password, `${device.username ?? ''}:${password}`);
  }
  for (const [name, value = ''] of Object.entries(sources.environment))
    if (SECRET_VARIABLE.test(name) && !HARMLESS_VALUE.test(value)) passwords.push(value);
  names.push(os.userInfo().username);
  return { passwords, names, home: os.homedir() };
}

/** What an address carries besides where the camera is. Short values are numbers of channels and streams. */
function valuesOf(address: string): string[] {
  const url = parsed(address);
  if (url === null) return [];
  return [decoded(url.username), decoded(url.password), ...url.searchParams.values()].filter(
    (value) => value.length > 3 && !/^\d{1,5}$/.test(value),
  );
}

function parsed(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** An address without user, password and question; `name=value` in its path keeps the name. */
export function plainAddress(address: string): string {
  const url = parsed(address);
  if (url === null) return '[not an address]';
  const path = url.pathname.replace(/([A-Za-z0-9-]+)=[^/&;_]*/g, '$1=[redacted]');
  return `${url.protocol}//${url.host}${path}${url.search === '' ? '' : '?[redacted]'}`;
}
