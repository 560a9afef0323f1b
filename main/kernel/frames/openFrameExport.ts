import type { Clock } from '../../base/clock';
import type { Logger } from '../../base/logger';
import type { Store } from '../../store/types';
import type { ChildRegistry } from '../process/registry';
import { loadAddon } from './addon';
import { readDecodeOffer } from './decodeOffer';
import { FrameExport, type FrameExportOptions } from './frameExport';
import { defaultBudget, RingBudget, sweepRings } from './sharedMemory';

export interface OpenFrameExportOptions {
  readonly store: Store;
  readonly ffmpegPath: string;
  /** Frames per ring; null: the flag is off. */
  readonly capacity: number | null;
  readonly openSub: (cameraId: string) => Promise<{ dispose(): void }>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly registry: ChildRegistry;
  readonly onMotion: NonNullable<FrameExportOptions['onMotion']>;
}

const keyOf = (cameraId: string): string => `frames.epoch.${cameraId}`;

/**
 * The frame export when the flag is on. With the flag off only rings that a crash left behind are removed, and
 * nothing of it exists: no port, thread, shared memory, FFmpeg argument, nor the addon in this process (INV-02).
 */
export async function openFrameExport(options: OpenFrameExportOptions): Promise<FrameExport | null> {
  const { store, clock, log, capacity, registry } = options;
  await sweepRings(log);
  if (capacity === null) return null;
  const [addon, offer, total] = await Promise.all([
    loadAddon(),
    readDecodeOffer(options.ffmpegPath, log),
    defaultBudget(),
  ]);
  log.info({ offer, capacity, budget: total }, 'frames are exported to shared memory');
  return new FrameExport({
    ...{ addon, offer, capacity, clock, log, registry },
    ffmpegPath: options.ffmpegPath,
    openSub: options.openSub,
    onMotion: options.onMotion,
    budget: new RingBudget(total),
    epochs: {
      async read(cameraId) {
        const next = Number((await store.read.getSetting(keyOf(cameraId))) ?? NaN);
        return Number.isSafeInteger(next) && next >= 0 ? next : null;
      },
      write: (cameraId, next) => store.write.setSetting(keyOf(cameraId), String(next), clock.wallUs()),
    },
  });
}
