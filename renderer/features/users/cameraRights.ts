import type { CameraAccess } from '../../../contract';

export const CAMERA_RIGHTS = ['live', 'playback', 'export'] as const;
export type CameraRight = (typeof CAMERA_RIGHTS)[number];

const NONE = { live: false, playback: false, export: false } as const;

export function has(rights: readonly CameraAccess[], id: string, right: CameraRight): boolean {
  return rights.find((one) => one.id === id)?.[right] ?? false;
}

/** Of several cameras: all of them, some or none. */
export function shareOf(
  rights: readonly CameraAccess[],
  ids: readonly string[],
  right: CameraRight,
): 'all' | 'some' | 'none' {
  const count = ids.filter((id) => has(rights, id, right)).length;
  if (count === 0) return 'none';
  return count === ids.length ? 'all' : 'some';
}

/** Rights with one of them given to or taken from cameras; cameras without any are left out. */
export function withRight(
  rights: readonly CameraAccess[],
  ids: readonly string[],
  right: CameraRight,
  on: boolean,
): CameraAccess[] {
  const changed = new Map(rights.map((one) => [one.id, one]));
  for (const id of ids) changed.set(id, { ...(changed.get(id) ?? { id, ...NONE }), [right]: on });
  return [...changed.values()].filter((one) => one.live || one.playback || one.export);
}
