import { mkdtemp, readdir, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Clock } from '../../../base/clock';
import { systemClock } from '../../../base/clock';
import { silentLogger } from '../../../base/logger';
import type { Logger } from '../../../base/logger';
import { openStore } from '../../../store/store';
import type { Store } from '../../../store/types';
import type { Recording } from '../recording';
import { createRecording } from '../recording';
import type { RecordingSettings } from '../settings';
import { DEFAULT_RECORDING_SETTINGS } from '../settings';

export const CAMERA = '00000000-0000-4000-8000-00000000c0de';
export const OTHER_CAMERA = '00000000-0000-4000-8000-00000000beef';
export const MEDIA_WORKER = path.resolve('dist/workers/media.worker.cjs');

/** Short segments, and as little free space as there may be. */
export const TEST_SETTINGS: RecordingSettings = {
  ...DEFAULT_RECORDING_SETTINGS,
  segmentSeconds: 2,
  retention: { maxDays: null, maxBytes: null, floorBytes: 0 },
};

export interface Workstation {
  readonly folder: string;
  readonly recordings: string;
  readonly store: Store;
  readonly recording: Recording;
  /** Opens recording anew on the same folder and store, as after a crash: nothing of the old one is told. */
  reopen(): Recording;
}

export interface WorkstationOptions {
  readonly settings?: RecordingSettings;
  readonly clock?: Clock;
  readonly log?: Logger;
  readonly recordings?: string;
}

/** A real store and real recording in a folder that goes with the test; the cameras exist and record. */
export async function workstation(options: WorkstationOptions = {}): Promise<Workstation> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vas-recording-'));
  const recordings = options.recordings ?? path.join(folder, 'recordings');
  const store = await openStore({
    dataDir: path.join(folder, 'data'),
    workerPath: path.resolve('dist/workers/store.worker.cjs'),
    readers: 1,
    log: silentLogger(),
    userName: 'alex',
    now: () => 1,
  });
  for (const [id, name] of [
    [CAMERA, 'Gate'],
    [OTHER_CAMERA, 'Yard'],
  ] as const)
    await store.write.createDevice({
      ...{ id, name, description: null, location: null, rtspUrl: `rtsp://192.0.2.1/${name}` },
      ...{ subRtspUrl: null, username: null, sealedPassword: null, transport: 'tcp' },
      ...{ isActive: true, recording: true, nowUs: 1 },
    });
  const open = (): Recording =>
    createRecording({
      folder: recordings,
      store,
      clock: options.clock ?? systemClock,
      log: options.log ?? silentLogger(),
      workerPath: MEDIA_WORKER,
      settings: options.settings ?? TEST_SETTINGS,
    });
  const opened = [open()];
  onTestFinished(async () => {
    for (const recording of opened) await recording.dispose();
    await store.dispose();
    await rm(folder, { recursive: true, force: true });
  });
  const [recording] = opened;
  if (!recording) throw new Error('no recording');
  return {
    folder,
    recordings,
    store,
    recording,
    reopen() {
      const again = open();
      opened.push(again);
      return again;
    },
  };
}

/** Every file below a folder, relative to it. */
export async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

/** Files of a folder that this process has open. */
export async function descriptorsIn(folder: string): Promise<string[]> {
  const links = await Promise.all(
    (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')),
  );
  return links.filter((link) => link.startsWith(folder));
}

/** Waits until something holds. @throws Error after `seconds` */
export async function until(
  what: string,
  holds: () => Promise<boolean> | boolean,
  seconds = 20,
): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
