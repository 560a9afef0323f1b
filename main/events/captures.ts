import type { Kernel } from '../kernel/kernel';
import { instantOf } from './shape';
import type { CaptureServices } from './triggers';

/** The kernel's snapshots and bookmarks at the event's own moment, out of footage (W-31 to W-33). */
export function captureServices({
  snapshots,
  bookmarks,
}: Pick<Kernel, 'snapshots' | 'bookmarks'>): CaptureServices {
  return {
    snapshot: (cameraId, timestampUs) =>
      snapshots.captureHistorical({ device_id: cameraId, timestamp: instantOf(timestampUs) }),
    clip: (cameraId, centerUs, seconds, label) =>
      bookmarks.captureHistorical({
        device_id: cameraId,
        center_timestamp: instantOf(centerUs),
        duration: seconds,
        label,
      }),
  };
}
