import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { silentLogger } from '../../../main/base/logger';
import { createMediaJobs } from '../../../main/kernel/media/jobs';
import { createMediaWorker } from '../../../main/kernel/media/mediaWorker';
import { Previews } from '../../../main/kernel/playback/previews';
import { inRoot } from '../../bootstrap/paths.mjs';
import { loopedClip } from '../lib/clips';
import { rounded } from '../lib/result';
import type { Cleanup } from '../lib/setup';
import { ffmpegPath, temporaryFolder } from '../lib/setup';
import type { Run } from '../measure';

const SEGMENTS = 20;
const SEGMENT_S = 60;

/** record.preview_cpu: processor time of the previews of one 1080p camera. */
export async function recordPreview(run: Run, cleanup: Cleanup): Promise<void> {
  const ffmpeg = ffmpegPath();
  const folder = await temporaryFolder(cleanup, 'preview');
  const whole = path.join(folder, 'whole.mp4');
  await loopedClip(ffmpeg, whole, SEGMENT_S);
  const log = silentLogger();
  const worker = createMediaWorker(inRoot('dist/workers/media.worker.cjs'), log);
  const jobs = createMediaJobs({ ffmpeg, log, concurrency: 1 });
  cleanup.add(() => Promise.all([jobs.dispose(), worker.dispose()]));
  const cameraId = randomUUID();
  const files = new Map<number, string>();
  const previews = new Previews({
    ...{ folder: path.join(folder, 'previews'), worker, jobs, log },
    read: {
      findSegments: () => Promise.resolve([]),
      listDevices: () => Promise.resolve({ rows: [], total: 0 }),
    },
    footage: {
      locate: (_camera, fromUs) =>
        Promise.resolve([
          {
            ...{ file: files.get(fromUs) ?? '', startUs: fromUs, endUs: fromUs + SEGMENT_S * 1e6 },
            ...{ open: false, videoCodec: 'h264' },
          },
        ]),
      hold: () => ({ dispose: () => undefined }),
    },
  });
  previews.setEnabled(true);
  for (let n = 0; n < SEGMENTS; n++) {
    const file = path.join(folder, `${String(n)}.mp4`);
    await copyFile(whole, file);
    files.set(n * SEGMENT_S * 1e6, file);
  }
  // The worker's start is not part of it.
  await worker.run('chunkTable', whole, false);
  const before = used();
  for (const [startUs] of files)
    previews.registered({
      ...{ id: randomUUID(), cameraId, runId: 'bench', folderId: '', path: '', startUs },
      ...{ endUs: startUs + SEGMENT_S * 1e6, videoCodec: 'h264', audioCodec: null },
      ...{ width: 1920, height: 1080, bytes: 0, sha256: null },
    });
  while (previews.stats().made < SEGMENTS) {
    run.signal.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const seconds = used() - before;
  run.result({
    id: 'record.preview_cpu',
    value: rounded(seconds / (SEGMENTS * SEGMENT_S)),
    unit: 'cores',
    samples: {
      segments: SEGMENTS,
      cpu_seconds: rounded(seconds),
      per_segment_s: rounded(seconds / SEGMENTS),
    },
    method:
      `User and system time of this process with its threads and of the FFmpeg children that ended meanwhile, for the ` +
      `previews of ${String(SEGMENTS)} segments of ${String(SEGMENT_S)} s of a 1080p30 camera (4 Mb/s, a key frame each second), ` +
      'through the product’s own code: six key frames of each segment are read, decoded and scaled to 160 pixels by one ' +
      'niced FFmpeg, and written. Divided by the length of the footage.',
  });
}

/** Seconds of processor time of this process and of its children that have ended. */
function used(): number {
  const stat = readFileSync('/proc/self/stat', 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0) / 100;
}
