import type { StoreReads } from '../../store/types';
import type { FootagePiece, FootageSource } from '../media/footage';
import type { MediaWorker } from '../media/mediaWorker';
import { INSTANT_WIDTH, mediaTime } from '../media/mediaTime';
import { footageFrom, footageUntil } from './ends';

export interface BesideContext {
  readonly read: Pick<StoreReads, 'findSegments' | 'segmentBefore'>;
  readonly footage: FootageSource;
  readonly worker: MediaWorker;
}

export type Which = 'nearest' | 'next' | 'previous';

/** Where a neighbour may lie without asking the index, microseconds. */
const CLOSE_US = 2_000_000;
/** A moment is a whole millisecond, and what begins within it is seen at it, microseconds. */
const INSTANT_US = INSTANT_WIDTH * 1e6;

/**
 * A picture beside a moment, over gaps too: the one shown at it or else the first after it, the one after it,
 * or the one before it.
 * @returns its wall clock, microseconds; null when there is none
 */
export async function frameBesideInstant(
  context: BesideContext,
  cameraId: string,
  atUs: number,
  which: Which,
): Promise<number | null> {
  const { footage } = context;
  const pieces = await footage.locate(cameraId, atUs - CLOSE_US, atUs + CLOSE_US);
  const here = pieces.findLast((piece) => piece.startUs <= atUs + INSTANT_US && piece.endUs > atUs);
  if (here) {
    const found = await inPiece(context, here, atUs, which === 'nearest' ? 'shown' : which);
    if (found !== null) return found;
  }
  const piece =
    which === 'previous'
      ? await before(context, cameraId, here?.startUs ?? atUs)
      : await after(context, cameraId, here?.endUs ?? atUs);
  if (piece === null) return null;
  return which === 'previous' ? inPiece(context, piece, piece.endUs, 'shown') : piece.startUs;
}

async function inPiece(
  { worker }: BesideContext,
  piece: FootagePiece,
  atUs: number,
  which: 'shown' | 'next' | 'previous',
): Promise<number | null> {
  const table = await worker.run('chunkTable', piece.file, piece.open);
  const time = mediaTime(piece, table.chunks.at(-1)?.to ?? 0);
  const seconds = await worker.run('frameBeside', piece.file, time.seconds(atUs), which);
  return seconds === null ? null : time.wallUs(seconds);
}

async function after(context: BesideContext, cameraId: string, us: number): Promise<FootagePiece | null> {
  const next = await footageFrom(context, cameraId, us);
  if (next === null) return null;
  const pieces = await context.footage.locate(cameraId, next.startUs, next.endUs);
  return pieces.find((piece) => piece.endUs > us) ?? null;
}

async function before(context: BesideContext, cameraId: string, us: number): Promise<FootagePiece | null> {
  const last = await footageUntil(context, cameraId, us);
  if (last === null) return null;
  const pieces = await context.footage.locate(cameraId, last.startUs, last.endUs);
  return pieces.findLast((piece) => piece.startUs < us) ?? null;
}
