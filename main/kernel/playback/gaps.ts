import type { PlaybackGapReason } from '../../../contract/playback';
import { gapReason } from '../../../contract/recordings';
import type { StoreReads } from '../../store/types';
import type { FootageSource } from '../media/footage';
import { footageFrom, footageUntil } from './ends';

export interface Gap {
  /** Null where nothing is kept before or after it. */
  readonly fromUs: number | null;
  readonly toUs: number | null;
  readonly reason: PlaybackGapReason;
}

export interface GapContext {
  readonly read: Pick<StoreReads, 'findSegments' | 'segmentBefore' | 'findGaps'>;
  readonly footage: Pick<FootageSource, 'locate' | 'unregistered'>;
  readonly nowUs: () => number;
}

const JOINT_US = 250_000;

/** The gap that holds a moment; null when there is footage of it. */
export async function gapAt(context: GapContext, cameraId: string, atUs: number): Promise<Gap | null> {
  const { footage } = context;
  const here = await footage.locate(cameraId, atUs - JOINT_US, atUs + JOINT_US);
  if (here.length > 0) return null;
  const [before, after] = await Promise.all([
    footageUntil(context, cameraId, atUs),
    footageFrom(context, cameraId, atUs),
  ]);
  const fromUs = before?.endUs ?? null;
  const toUs = after?.startUs ?? null;
  return { fromUs, toUs, reason: await reasonOf(context, cameraId, atUs, fromUs, toUs) };
}

async function reasonOf(
  context: GapContext,
  cameraId: string,
  atUs: number,
  fromUs: number | null,
  toUs: number | null,
): Promise<PlaybackGapReason> {
  if (atUs > context.nowUs()) return 'not-yet';
  const gaps = await context.read.findGaps([cameraId], atUs, (toUs ?? context.nowUs()) + 1, 10);
  const told = gaps.find(({ startUs }) => startUs <= atUs) ?? gaps[0];
  const known = gapReason.safeParse(told?.reason);
  if (known.success) return known.data;
  if (fromUs === null) return 'expired';
  return toUs === null ? 'not-yet' : 'unknown';
}
