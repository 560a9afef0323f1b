import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { silentLogger } from '../../../base/logger';
import { SimulatedClock } from '../../../base/simulatedClock';
import { DEFAULT_FOLDER_ID } from '../../../store/defaultFolder';
import { deviceWrites } from '../../../store/queries/devices';
import { databaseAt, device } from '../../../store/testing/fixtures';
import type { Store } from '../../../store/types';
import type { MediaWorker } from '../../media/mediaWorker';
import type { FolderState } from '../../media/worker/folderIdentity';
import { Archive } from '../archive';
import { CameraRecorder } from '../cameraRecorder';
import { StorageFolders } from '../folders/storageFolders';
import type { HealReport } from '../heal';
import { healIncoming } from '../heal';
import { Holds } from '../holds';
import { incomingFolder, segmentFileName } from '../layout';
import { RecordingRun } from '../recordingRun';
import { DEFAULT_RECORDING_SETTINGS } from '../settings';
import { INFO } from './camera';
import { FaultyDisk } from './faultyDisk';
import { inProcessWorker } from './inProcessWorker';
import { memoryStore } from './memoryStore';

export const ROOT = '/archive';
export const CAMERA = device(1).id;
export const START_US = 1_800_000_000_000_000;
/** Length of the sample, seconds. */
export const SECONDS = 2;

interface Hooks {
  /** Called before each operation on files; may throw. */
  onOperation: (operation: string, args: readonly unknown[]) => void;
  /** Called before each query; may throw. */
  onRead: (query: string) => void;
  /** Whether a folder other than the default one is there. */
  look: (folder: string) => FolderState;
}

export interface RecorderStation {
  readonly disk: FaultyDisk;
  readonly clock: SimulatedClock;
  readonly store: Store;
  readonly worker: MediaWorker;
  readonly archive: Archive;
  readonly folders: StorageFolders;
  readonly recorder: CameraRecorder;
  readonly run: RecordingRun;
  readonly hooks: Hooks;
  /** FFmpeg begins the next file of the run, with all its pictures. */
  write(): string;
  /** FFmpeg goes on to the next file: time passes, and it is told. */
  close(): Promise<void>;
  /** What is written in `incoming`, without the notes. */
  left(): Promise<string[]>;
  /** Where the camera has footage, seconds since the run's start. */
  recorded(): Promise<number[]>;
  /** The next start of the application after it was killed now. @param onOperation as in `hooks`, from now on */
  heal(onOperation?: Hooks['onOperation']): Promise<HealReport>;
}

/** One run of one camera, recorded into memory: the real code but for FFmpeg. @param sample bytes of a segment */
export async function recorderStation(sample: Buffer, recording: boolean): Promise<RecorderStation> {
  const log = silentLogger();
  const disk = new FaultyDisk();
  const db = databaseAt();
  deviceWrites(db).createDevice(device(1));
  const clock = new SimulatedClock(START_US);
  const hooks: Hooks = { onOperation: () => undefined, onRead: () => undefined, look: () => 'ready' };
  const real = memoryStore(db, () => undefined);
  const files = inProcessWorker(disk.files);
  const worker: MediaWorker = {
    ...files,
    async run(operation, ...args) {
      hooks.onOperation(operation, args);
      return files.run(operation, ...args);
    },
  };
  const read = new Proxy(real.read, {
    get(target, name: keyof Store['read']) {
      hooks.onRead(name);
      return target[name];
    },
  });
  const store = { ...real, read };
  const folders = new StorageFolders({
    ...{ store, clock, log, defaultPath: ROOT },
    look: (folder) => Promise.resolve(hooks.look(folder)),
  });
  await folders.load();
  const make = () => new Archive({ folders, store, worker, hasher: worker, clock, log });
  const archive = make();
  const context = { read, reader: worker, worker, archive, clock, log, holds: new Holds() };
  const recorder = new CameraRecorder(CAMERA, recording, {
    ...context,
    settings: { ...DEFAULT_RECORDING_SETTINGS, segmentSeconds: SECONDS },
  });
  const folder = incomingFolder(ROOT, CAMERA);
  disk.makeFolder(folder);
  const run = new RecordingRun(
    {
      ...{ runId: randomUUID(), streamId: CAMERA, cameraId: CAMERA, info: INFO },
      clock: { wallUsAt: (seconds) => START_US + seconds * 1e6 },
    },
    folder,
    { id: DEFAULT_FOLDER_ID, path: ROOT, isDefault: true },
    worker,
  );
  await recorder.open(run);
  return {
    ...{ disk, clock, store, worker, archive, folders, recorder, run, hooks },
    write() {
      const file = path.join(folder, segmentFileName(run.start.runId, run.closed));
      disk.write(file, sample, (START_US + (run.closed + 1) * SECONDS * 1e6) / 1000);
      return file;
    },
    async close() {
      const startSeconds = run.closed * SECONDS;
      await clock.advance(SECONDS * 1000);
      const file = segmentFileName(run.start.runId, run.closed);
      recorder.progress(run, startSeconds + SECONDS);
      recorder.segmentClosed(run, { file, startSeconds, endSeconds: startSeconds + SECONDS });
    },
    async left() {
      const all = await files.run('listTree', folder);
      return all.flatMap(({ path: name }) => (name.endsWith('.mp4') ? [name.slice(-9, -4)] : []));
    },
    async recorded() {
      const rows = await real.read.findSegments(CAMERA, 0, Number.MAX_SAFE_INTEGER);
      return rows.map(({ startUs }) => (startUs - START_US) / 1e6);
    },
    heal(onOperation = () => undefined) {
      archive.dispose();
      Object.assign(hooks, { onOperation, onRead: () => undefined });
      return healIncoming({ root: ROOT, read, worker, archive: make(), log });
    },
  };
}
