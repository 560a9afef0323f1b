import type { Operator } from '../../../users/operator';
import type { CaptureItem } from '../../../../contract';
import type { CameraFinder } from '../rule';

export const anyone = { needs: 'anyone', audit: false } as const;

/** Reads that show nothing of cameras, and what concerns the own windows only. */
export const user = { needs: 'user', audit: false } as const;

export const configure = { needs: 'configure' } as const;

export type ById = { readonly id: string };

export const sees = (operator: Operator, cameraId: string | null) =>
  cameraId === null || operator.mayCamera(cameraId, 'any');

/** Cameras of a request that may be seen; of an open request all that may be. Never an empty list: that is all. */
export function allowed(
  operator: Operator,
  wanted: readonly string[] | undefined,
  right: 'any' | 'export' | 'live' | 'playback' = 'any',
): string[] {
  const may = operator.camerasWith(right) ?? [];
  const both = wanted === undefined ? [...may] : wanted.filter((id) => operator.mayCamera(id, right));
  return both.length > 0 ? both : ['00000000-0000-0000-0000-000000000000'];
}

/** Cameras of captures, each once. */
export async function camerasOf(
  items: readonly CaptureItem[],
  find: CameraFinder,
): Promise<(string | null)[]> {
  const ids = await Promise.all(items.map(({ kind, id }) => find[kind](id)));
  return [...new Set(ids)];
}
