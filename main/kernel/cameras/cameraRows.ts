import { randomUUID } from 'node:crypto';
import type { DeviceCreate, DeviceUpdate } from '../../../contract';
import type { DevicePatch, DeviceRow, NewDevice } from '../../store/types';
import type { Credentials } from './credentials';

/** What is stored of a new camera. */
export async function newRow(
  request: DeviceCreate,
  credentials: Credentials,
  nowUs: number,
): Promise<NewDevice> {
  const password = emptyToNull(request.password);
  return {
    id: randomUUID(),
    name: request.name,
    description: request.description ?? null,
    location: request.location ?? null,
    rtspUrl: request.rtsp_url,
    subRtspUrl: request.sub_rtsp_url ?? null,
    username: emptyToNull(request.username),
    sealedPassword: password === null ? null : await credentials.seal(password),
    transport: request.transport ?? 'tcp',
    isActive: request.start ?? true,
    recording: request.recording ?? true,
    groups: request.groups ?? [],
    schedule: weekOf(request.schedule) ?? null,
    ...(request.copy_password_from === undefined ? {} : { copyPasswordFrom: request.copy_password_from }),
    nowUs,
  };
}

/** What a request changes; an empty password forgets the stored one. */
export async function patchOf(
  request: DeviceUpdate,
  credentials: Credentials,
  nowUs: number,
): Promise<DevicePatch> {
  const password = request.password === undefined ? undefined : emptyToNull(request.password);
  return defined({
    name: request.name,
    description: request.description,
    location: request.location,
    rtspUrl: request.rtsp_url,
    subRtspUrl: request.sub_rtsp_url,
    username: request.username === undefined ? undefined : emptyToNull(request.username),
    transport: request.transport,
    recording: request.recording,
    groups: request.groups,
    schedule: weekOf(request.schedule),
    sealedPassword: typeof password === 'string' ? await credentials.seal(password) : password,
    nowUs,
  }) as DevicePatch;
}

/** The stored password cannot be compared without opening it, so a given one counts as changed. */
export function changesConnection(before: DeviceRow, patch: DevicePatch): boolean {
  return (
    patch.sealedPassword !== undefined ||
    (patch.rtspUrl !== undefined && patch.rtspUrl !== before.rtspUrl) ||
    (patch.subRtspUrl !== undefined && patch.subRtspUrl !== before.subRtspUrl) ||
    (patch.username !== undefined && patch.username !== before.username) ||
    (patch.transport !== undefined && patch.transport !== before.transport)
  );
}

export function emptyToNull(value: string | null | undefined): string | null {
  return value === undefined || value === null || value === '' ? null : value;
}

/** A week without a gap is no schedule. */
function weekOf(schedule: string | null | undefined): string | null | undefined {
  return schedule?.includes('0') === false ? null : schedule;
}

/** `values` without the keys that are undefined. */
function defined(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
