import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { systemClock } from '../../main/base/clock';
import { silentLogger, type Logger } from '../../main/base/logger';
import { loadAddon } from '../../main/kernel/frames/addon';
import { readDecodeOffer } from '../../main/kernel/frames/decodeOffer';
import {
  FrameExport,
  type ExportedFrame,
  type FrameExportOptions,
} from '../../main/kernel/frames/frameExport';
import { RingBudget, ringPath } from '../../main/kernel/frames/sharedMemory';
import { openFrameRing } from '../../native';
import { runProgram } from '../../scripts/cameras/process';
import { Bench } from '../ingest/support';

export async function createFrames(more: Partial<FrameExportOptions> = {}): Promise<FrameExport> {
  const log: Logger = more.log ?? silentLogger();
  const epochs = new Map<string, number>();
  return new FrameExport({
    addon: await loadAddon(),
    ffmpegPath: 'ffmpeg',
    offer: await readDecodeOffer('ffmpeg', log),
    epochs: {
      read: (id) => Promise.resolve(epochs.get(id) ?? null),
      write: (id, next) => Promise.resolve(void epochs.set(id, next)),
    },
    budget: new RingBudget(2 ** 30),
    capacity: 8,
    openSub: () => Promise.reject(new Error('no sub-stream')),
    clock: systemClock,
    log,
    ...more,
  });
}

export interface Seen extends ExportedFrame {
  /** MD5 of the NV12 bytes. */
  readonly md5: string;
  readonly atUs: number;
}

/** Copies every frame that it is told of and remembers its hash. */
export function watch(frames: FrameExport, cameraId = Bench.id): { seen: Seen[]; stop(): void } {
  const seen: Seen[] = [];
  const listening = frames.onFrame(cameraId, (frame) => {
    const ring = openFrameRing(frame.path);
    try {
      const md5 = createHash('md5').update(ring.copyPixels(frame.frameId)).digest('hex');
      seen.push({ ...frame, md5, atUs: systemClock.wallUs() });
    } finally {
      ring.close();
    }
  });
  return { seen, stop: () => void listening.dispose() };
}

/** Presentation time in seconds and MD5 of each picture of a file, as NV12, decoded by FFmpeg alone. */
export async function decodedPictures(file: string): Promise<{ seconds: number; md5: string }[]> {
  const text = await runProgram('ffmpeg', [
    ...['-v', 'error', '-i', `file:${file}`, '-map', '0:v:0', '-vf', 'format=nv12'],
    ...['-fps_mode', 'passthrough', '-enc_time_base', '-1', '-f', 'framemd5', '-'],
  ]);
  const base = /#tb 0: (\d+)\/(\d+)/.exec(text);
  return text
    .split('\n')
    .filter((line) => /^\d/.test(line))
    .map((line) => {
      const fields = line.split(',').map((field) => field.trim());
      return {
        seconds: (Number(fields[2]) * Number(base?.[1])) / Number(base?.[2]),
        md5: fields[5] ?? '',
      };
    });
}

/** Names of this process's threads. */
export async function threads(): Promise<string[]> {
  const tasks = await readdir('/proc/self/task');
  const names = await Promise.all(
    tasks.map((task) => readFile(path.join('/proc/self/task', task, 'comm'), 'utf8').catch(() => '')),
  );
  return names.map((name) => name.trim());
}

export async function ringFiles(): Promise<string[]> {
  const own = path.basename(ringPath(Bench.id));
  return (await readdir('/dev/shm')).filter((name) => name.startsWith(own));
}
