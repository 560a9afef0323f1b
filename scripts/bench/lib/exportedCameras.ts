import { systemClock } from '../../../main/base/clock';
import { silentLogger } from '../../../main/base/logger';
import { readDecodeOffer } from '../../../main/kernel/frames/decodeOffer';
import type { FrameExportOptions } from '../../../main/kernel/frames/frameExport';
import { FrameExport } from '../../../main/kernel/frames/frameExport';
import { RingBudget } from '../../../main/kernel/frames/sharedMemory';
import { createIngest } from '../../../main/kernel/ingest/ingest';
import type { Ingest } from '../../../main/kernel/ingest/ingest';
import type { LiveSink } from '../../../main/kernel/streams';
import { LossRecorder } from './lossRecorder';
import { nativeAddon } from './nativePrograms';
import type { Cleanup } from './setup';
import { ffmpegPath, temporaryFolder } from './setup';

const RING_BYTES = 2 ** 29;
const NONE = { mode: 'none', reason: 'Nobody watches.' } as const;
const nobody: LiveSink = {
  prepare: () => Promise.resolve(NONE),
  prepareAudio: () => Promise.resolve(NONE),
  running: () => undefined,
  ended: () => undefined,
  release: () => Promise.resolve(),
};

/** Cameras through the product's ingest and frame export, in this process, without the rest of the application. */
export interface ExportedCameras {
  readonly frames: FrameExport;
  readonly ingest: Ingest;
  /** @returns its camera id */
  start(url: string): string;
}

export async function exportedCameras(
  cleanup: Cleanup,
  onMotion?: NonNullable<FrameExportOptions['onMotion']>,
): Promise<ExportedCameras> {
  const [ffmpeg, log, clock] = [ffmpegPath(), silentLogger(), systemClock];
  const epochs = new Map<string, number>();
  const frames = new FrameExport({
    ...{ addon: nativeAddon(), ffmpegPath: ffmpeg, offer: await readDecodeOffer(ffmpeg, log), clock, log },
    ...{ budget: new RingBudget(RING_BYTES), capacity: 8, openSub: () => Promise.reject(new Error('none')) },
    ...(onMotion && { onMotion }),
    epochs: {
      read: (id) => Promise.resolve(epochs.get(id) ?? null),
      write: (id, next) => Promise.resolve(void epochs.set(id, next)),
    },
  });
  const recording = new LossRecorder(await temporaryFolder(cleanup, 'frames'));
  const ingest = createIngest({
    ...{ ffmpegPath: ffmpeg, clock, log, live: nobody, recording, frames },
    onInfo: () => undefined,
  });
  cleanup.add(() => frames.dispose());
  cleanup.add(async () => ingest.dispose());
  let count = 0;
  return {
    ...{ frames, ingest },
    start(url) {
      const id = `00000000-0000-4000-8000-${(0xfe00 + count++).toString(16).padStart(12, '0')}`;
      ingest.start({
        ...{ streamId: id, cameraId: id, info: null },
        endpoint: () => Promise.resolve({ url, transport: 'tcp', credentials: null }),
      });
      return id;
    },
  };
}
