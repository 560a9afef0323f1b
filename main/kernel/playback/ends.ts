import type { StoreReads } from '../../store/types';
import type { FootageSource } from '../media/footage';

/** A stretch of footage, microseconds. */
export interface Stretch {
  readonly startUs: number;
  readonly endUs: number;
}

export interface EndsContext {
  readonly read: Pick<StoreReads, 'findSegments' | 'segmentBefore'>;
  readonly footage: Pick<FootageSource, 'unregistered'>;
}

const FOREVER_US = Number.MAX_SAFE_INTEGER;

/** The first footage that ends after a moment, what is being written included; null when there is none. */
export async function footageFrom(
  { read, footage }: EndsContext,
  cameraId: string,
  us: number,
): Promise<Stretch | null> {
  // First what has no row yet: what gets one meanwhile is then found twice, never missed.
  const recent = await footage.unregistered(cameraId);
  const rows = await read.findSegments(cameraId, us, FOREVER_US, 1);
  return inOrder([...rows, ...recent]).find(({ endUs }) => endUs > us) ?? null;
}

/** The last footage that begins before a moment, what is being written included; null when there is none. */
export async function footageUntil(
  { read, footage }: EndsContext,
  cameraId: string,
  us: number,
): Promise<Stretch | null> {
  const recent = await footage.unregistered(cameraId);
  const row = await read.segmentBefore(cameraId, us);
  return inOrder(row === null ? recent : [row, ...recent]).findLast(({ startUs }) => startUs < us) ?? null;
}

/** First and last moment of which a camera has footage, what is being written included; null without any. */
export async function boundsOf(context: EndsContext, cameraId: string): Promise<Stretch | null> {
  const first = await footageFrom(context, cameraId, 0);
  const last = first && (await footageUntil(context, cameraId, FOREVER_US));
  return first && last && { startUs: first.startUs, endUs: Math.max(first.endUs, last.endUs) };
}

const inOrder = (stretches: readonly Stretch[]): Stretch[] =>
  [...stretches].sort((one, other) => one.startUs - other.startUs);
