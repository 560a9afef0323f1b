import { onOwnBehalf } from '../base/caller';
import type { Kernel } from '../kernel/kernel';
import { instantOf } from './shape';
import { VasError } from '../base/errors';
import type { ExpiredMedia } from './expiry/eventExpiry';
import type { CaptureServices } from './triggers';

/**
 * The time of a decoded frame and of the same picture in the footage come about differently and agree to a few
 * milliseconds: a little later is still the same picture, a little earlier may be the one before. Microseconds, less
 * than a frame of 60 a second.
 */
const CLOCKS_AGREE_US = 8_000;

/** The kernel's snapshots and bookmarks at the event's own moment, out of footage (W-31 to W-33). */
export function captureServices({
  snapshots,
  thumbnails,
  bookmarks,
}: Pick<Kernel, 'snapshots' | 'bookmarks'> & Partial<Pick<Kernel, 'thumbnails'>>): CaptureServices {
  return {
    snapshot: (cameraId, timestampUs) =>
      onOwnBehalf(async () => {
        const taken = await snapshots.captureHistorical({
          device_id: cameraId,
          timestamp: instantOf(timestampUs + CLOCKS_AGREE_US),
        });
        // Lists want it small; nobody waits for that, and it is made again if it fails.
        void thumbnails?.fileOf(taken.id).catch(() => null);
        return taken;
      }),
    clip: async (cameraId, centerUs, seconds, label) => {
      const { id, start_timestamp, end_timestamp } = await bookmarks.captureHistorical({
        device_id: cameraId,
        center_timestamp: instantOf(centerUs),
        duration: seconds,
        label,
      });
      return { id, startUs: Date.parse(start_timestamp) * 1000, endUs: Date.parse(end_timestamp) * 1000 };
    },
  };
}

/** What is gone already is fine, what is locked stays; a clip whose label somebody has changed is theirs and stays. */
export function expiredMedia({
  snapshots,
  bookmarks,
}: Pick<Kernel, 'snapshots' | 'bookmarks'>): ExpiredMedia {
  const unlessGone = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof VasError) || !['not_found', 'conflict'].includes(error.kind)) throw error;
    }
  };
  return {
    removeSnapshot: (id) => unlessGone(() => snapshots.delete(id)),
    removeClip: (id) =>
      unlessGone(async () => {
        const { created_at: made, updated_at: changed } = await bookmarks.get(id);
        if (made === changed) await bookmarks.delete(id);
      }),
  };
}
