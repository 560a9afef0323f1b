import type { GapReason } from '../../../../contract/recordings';
import type { StreamStatus } from '../../streams';

/** Why a stream delivers nothing to record; null: it does; undefined: it cannot be said yet. */
export function streamReason(status: Pick<StreamStatus, 'phase' | 'fault'>): GapReason | null | undefined {
  if (status.phase === 'stopped') return 'off';
  if (status.fault?.code === 'storage') return 'disk';
  if (status.fault?.code === 'stalled' || status.phase === 'stalled') return 'stalled';
  if (status.fault) return 'camera-offline';
  return status.phase === 'running' ? null : undefined;
}
