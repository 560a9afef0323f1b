import type { DeviceRow } from '../../store/types';

/** A camera that a restore added, changed or removed. */
export interface RestoredCamera {
  readonly id: string;
  /** Its streams must start anew, or end. */
  readonly reconnect: boolean;
}

const connectionOf = (row: DeviceRow | undefined): string =>
  JSON.stringify(
    row === undefined
      ? null
      : [row.rtspUrl, row.subRtspUrl, row.username, row.transport, row.isActive, row.hasPassword],
  );

const restOf = (row: DeviceRow | undefined): string =>
  JSON.stringify(row === undefined ? null : { ...row, updatedUs: 0 });

/** What a restore did to the cameras; those that are as before are not among them, and nobody touches them. */
export function restoredCameras(
  before: readonly DeviceRow[],
  after: readonly DeviceRow[],
  newPasswords: ReadonlySet<string>,
): RestoredCamera[] {
  const [old, now] = [before, after].map((rows) => new Map(rows.map((row) => [row.id, row])));
  const cameras: RestoredCamera[] = [];
  for (const id of new Set([...before, ...after].map((row) => row.id))) {
    const [a, b] = [old?.get(id), now?.get(id)];
    const reconnect = connectionOf(a) !== connectionOf(b) || newPasswords.has(id);
    if (reconnect || restOf(a) !== restOf(b)) cameras.push({ id, reconnect });
  }
  return cameras;
}
