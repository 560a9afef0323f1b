import type { Device, DeviceCreate, RequestInput } from '../../../../contract';
import { t } from '../../../strings';
import type { FieldErrors } from '../formModel';
import { NEW_CAMERA, validate } from '../formModel';
import type { ListedCamera } from './readList';

/** What counts for every camera of the list that does not say it itself. */
export interface CommonValues {
  readonly username: string;
  readonly password: string;
  readonly transport: Device['transport'];
  readonly recording: boolean;
  readonly groups: readonly string[];
}

export const NO_COMMON: CommonValues = {
  username: '',
  password: '',
  transport: 'tcp',
  recording: true,
  groups: [],
};

/** One camera of the list, with what happened to it. */
export interface Entry extends ListedCamera {
  readonly id: number;
  /** What connecting to it found; null before. */
  readonly test: { readonly works: boolean; readonly text: string } | null;
  /** Why the application did not add it. */
  readonly refused: string | null;
}

/** What keeps an entry from being added, in words; null when nothing does. */
export type Problem = string | null;

/** Host and path as they are compared: cameras that differ in case of the host or a usual port are the same. */
export function comparable(address: string): string {
  try {
    const url = new URL(address);
    const port = url.port === '' || (url.protocol === 'rtsp:' && url.port === '554') ? '' : `:${url.port}`;
    return `${url.protocol}//${url.hostname.toLowerCase()}${port}${url.pathname === '/' ? '' : url.pathname}${url.search}`;
  } catch {
    return address.trim();
  }
}

const ORDER = ['rtsp_url', 'name', 'sub_rtsp_url', 'username', 'password', 'location'] as const;

function firstOf(errors: FieldErrors): Problem {
  const field = ORDER.find((name) => errors[name] !== undefined);
  return field === undefined ? (Object.values(errors)[0] ?? null) : (errors[field] ?? null);
}

/** The problem of each entry: a bad value, an address that stands in the list before, one that exists. */
export function problemsOf(
  entries: readonly Entry[],
  devices: readonly Device[],
): ReadonlyMap<number, string> {
  const known = new Map(devices.map(({ rtsp_url, name }) => [comparable(rtsp_url), name]));
  const lines = new Map<string, number>();
  const problems = new Map<number, string>();
  for (const entry of entries) {
    const problem =
      firstOf(validate(valuesOf(entry))) ??
      sameAs(known.get(comparable(entry.address)), lines.get(comparable(entry.address)));
    if (problem !== null) problems.set(entry.id, problem);
    else lines.set(comparable(entry.address), entry.line);
  }
  return problems;
}

function sameAs(name: string | undefined, line: number | undefined): Problem {
  if (name !== undefined) return t('bulkAdd.exists', { name });
  return line === undefined ? null : t('bulkAdd.twice', { line });
}

export function valuesOf(entry: Entry) {
  return {
    ...NEW_CAMERA,
    name: entry.name,
    location: entry.location,
    rtsp_url: entry.address,
    sub_rtsp_url: entry.subAddress,
    username: entry.username,
    password: entry.password,
    groups: entry.groups,
  };
}

const orNull = (text: string) => (text.trim() === '' ? null : text.trim());

/** User and password belong together: the common ones count where the list names neither. */
function credentialsOf(entry: Entry, common: CommonValues) {
  const own = entry.username !== '' || entry.password !== '';
  const username = own ? entry.username || common.username : common.username;
  const password = own ? entry.password || (entry.username === '' ? '' : common.password) : common.password;
  return { username: orNull(username), password: password === '' ? null : password };
}

export function toCreate(entry: Entry, common: CommonValues): DeviceCreate {
  return {
    name: entry.name.trim(),
    location: orNull(entry.location),
    description: orNull(entry.description),
    rtsp_url: entry.address.trim(),
    sub_rtsp_url: orNull(entry.subAddress),
    ...credentialsOf(entry, common),
    transport: common.transport,
    recording: common.recording,
    groups: [...new Set([...entry.groups, ...common.groups])],
  };
}

export function toValidate(entry: Entry, common: CommonValues): RequestInput<'devices.validate'> {
  const { rtsp_url, sub_rtsp_url, username, password, transport } = toCreate(entry, common);
  return { rtsp_url, sub_rtsp_url, username, password, transport };
}

/** Whether any camera comes with a password, so that it has to be kept somewhere. */
export const needsSecrets = (entries: readonly Entry[], common: CommonValues): boolean =>
  entries.some((entry) => toCreate(entry, common).password !== null);
