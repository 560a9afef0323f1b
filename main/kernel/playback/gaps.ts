import type { GapReason } from '../../../contract/playback';
import type { AlertRow, StoreReads } from '../../store/types';
import type { FootageSource } from '../media/footage';

export interface Gap {
  /** Null where nothing is kept before or after it. */
  readonly fromUs: number | null;
  readonly toUs: number | null;
  readonly reason: GapReason;
}

export interface GapContext {
  readonly read: Pick<StoreReads, 'findSegments' | 'segmentBefore' | 'listAlerts'>;
  readonly footage: Pick<FootageSource, 'locate'>;
  readonly nowUs: () => number;
  /** Recorded reasons of gaps, where the archive keeps them. */
  readonly recordedReason?: (cameraId: string, atUs: number) => Promise<GapReason | null>;
}

/** Alerts begin when a state has lasted a while; a gap begins before its alert, microseconds. */
const BEFORE_ALERT_US = 120_000_000;
const JOINT_US = 250_000;

/** The gap that holds a moment; null when there is footage of it. */
export async function gapAt(context: GapContext, cameraId: string, atUs: number): Promise<Gap | null> {
  const { read, footage } = context;
  const here = await footage.locate(cameraId, atUs - JOINT_US, atUs + JOINT_US);
  if (here.length > 0) return null;
  const [before, after] = await Promise.all([
    read.segmentBefore(cameraId, atUs),
    read.findSegments(cameraId, atUs, Number.MAX_SAFE_INTEGER, 1),
  ]);
  const fromUs = before?.endUs ?? null;
  const toUs = after[0]?.startUs ?? null;
  const reason = await reasonOf(context, cameraId, atUs, fromUs, toUs);
  return { fromUs, toUs, reason };
}

async function reasonOf(
  context: GapContext,
  cameraId: string,
  atUs: number,
  fromUs: number | null,
  toUs: number | null,
): Promise<GapReason> {
  if (atUs > context.nowUs()) return 'not_yet';
  const known = await context.recordedReason?.(cameraId, atUs);
  if (known != null) return known;
  const beginUs = (fromUs ?? atUs) - BEFORE_ALERT_US;
  const endUs = toUs ?? context.nowUs();
  const alerts = await context.read.listAlerts({
    fromUs: beginUs,
    toUs: endUs + BEFORE_ALERT_US,
    limit: 200,
  });
  const told = alerts.filter(
    (row) => (row.deviceId === null || row.deviceId === cameraId) && (row.clearedUs ?? Infinity) >= beginUs,
  );
  const has = (test: (row: AlertRow) => boolean): boolean => told.some(test);
  if (has((row) => row.kind === 'camera-offline' && row.deviceId === cameraId)) return 'camera';
  if (
    has(
      (row) =>
        row.kind === 'disk-nearly-full' || (row.kind === 'recording-stopped' && row.deviceId === cameraId),
    )
  )
    return 'storage';
  if (has((row) => row.kind === 'unclean-end' || row.kind === 'computer-slept')) return 'not_running';
  if (fromUs === null) return 'expired';
  if (toUs === null) return 'not_yet';
  return 'unknown';
}
