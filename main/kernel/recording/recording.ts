import path from 'node:path';
import { Emitter } from '../../base/emitter';
import { messageOf, VasError } from '../../base/errors';
import type { SegmentRow } from '../../store/types';
import { createMediaWorker } from '../media/mediaWorker';
import { Archive } from './archive';
import { checkFolders } from './archiveCheck';
import { ArchiveChecks } from './check/archiveChecks';
import type { RecorderContext } from './cameraRecorder';
import { CameraRecorder } from './cameraRecorder';
import { Deletions } from './deletions';
import { FolderLooks } from './folders/folderLooks';
import { Healing } from './folders/healing';
import { createRecordingFolders } from './folders/recordingFolders';
import { storageError } from './folders/storageError';
import type { StorageFolder } from './folders/storageFolders';
import { StorageFolders } from './folders/storageFolders';
import { writtenFolders } from './folders/writtenFolders';
import { createFootageSource } from './footage';
import { GapBook } from './gaps/gapBook';
import { Holds } from './holds';
import { incomingFolder, isCameraFolder, segmentPattern } from './layout';
import { createRecordingQueries } from './queries';
import { RecordingRun } from './recordingRun';
import type { Recording, RecordingOptions } from './recordingTypes';
import type { FolderSpace } from './retention';
import { Retention } from './retention';
import { DEFAULT_RECORDING_SETTINGS } from './settings';
import { WriteRate } from './writeRate';

export type { Recording, RecordingOptions, RecordingSpace, RecordingStats } from './recordingTypes';

const SWEEP_PERIOD_MS = 60_000;
/** The buffer is at most this share longer than it should be. */
const BUFFER_EXCESS = 1 / 12;

export function createRecording(options: RecordingOptions): Recording {
  const { store, clock } = options;
  const log = options.log.child({ part: 'recording' });
  const settings = options.settings ?? DEFAULT_RECORDING_SETTINGS;
  const worker = createMediaWorker(options.workerPath, log);
  const reader = createMediaWorker(options.workerPath, log);
  const prober = createMediaWorker(options.workerPath, log);
  const hasher = createMediaWorker(options.workerPath, log, true);
  const holds = new Holds();
  const rate = new WriteRate(clock);
  const looks = new FolderLooks({
    ...{ clock, log },
    createWorker: () => createMediaWorker(options.workerPath, log),
  });
  const folders = new StorageFolders({
    ...{ defaultPath: options.folder, store, clock, log },
    look: (folderPath, id) => looks.look(folderPath, id),
  });
  const archive = new Archive({ folders, store, worker, hasher, clock, log });
  const deletions = new Deletions({ folders, store, worker, clock, log });
  const gaps = new GapBook({
    ...{ store, clock, log },
    async writtenUs(row) {
      const ready = await folders.ready();
      if (!ready.some(({ id }) => id === row.folderId)) return null;
      return reader.run('modifiedUs', folders.fileOf(row));
    },
  });
  const registered = new Emitter<SegmentRow>();
  const removed = new Emitter<readonly SegmentRow[]>();
  archive.onRegistered = (row) => {
    gaps.registered(row);
    rate.note(row.bytes);
    registered.emit(row);
  };
  deletions.onGone = (rows) => removed.emit(rows);
  const healing = new Healing({ read: store.read, worker, archive, log });
  const recorders = new Map<string, CameraRecorder>();
  const retention = new Retention({
    ...{ folders, store, worker, holds, rate, deletions, clock, log },
    written: () => writtenFolders(folders, recorders.values()),
    settings: settings.retention,
  });
  const admin = createRecordingFolders({
    ...{ folders, recorders, store, clock, log, worker: prober },
    dataDir: options.dataDir ?? path.dirname(options.folder),
    retention: () => retention.settings,
    floorOf: (totalBytes) => retention.floorOf(totalBytes),
    bytesPerSecond: () => rate.bytesPerSecond(),
    onGone: (rows) => removed.emit(rows),
    isChecking: () => checks.isRunning,
  });
  archive.makeRoom = (folder) => retention.keepFloor(folder);
  const context: RecorderContext = { read: store.read, reader, worker, archive, holds, clock, log, settings };
  /** Wishes for cameras that have not run yet. */
  const wishes = new Map<string, boolean>();
  let disposed: Promise<void> | null = null;

  const complain = (what: string) => (error: unknown) => log.error({ reason: messageOf(error) }, what);
  const timers = [
    clock.every(SWEEP_PERIOD_MS, () => void retention.sweep().catch(complain('retention failed'))),
    clock.every(
      SWEEP_PERIOD_MS,
      () => void admin.checkPlacement().catch(complain('folders cannot be examined')),
    ),
    clock.every(settings.bufferSeconds * 1000 * BUFFER_EXCESS, () => {
      for (const recorder of recorders.values())
        recorder.expireBuffer().catch(complain('the buffer cannot be emptied'));
    }),
  ];

  async function exclusively<T>(cameraId: string, task: () => Promise<T>): Promise<T> {
    const recorder = recorders.get(cameraId);
    return recorder ? recorder.exclusively(task) : task();
  }
  const checks = new ArchiveChecks({
    ...{ folders, store, archive, deletions, log, worker: hasher, exclusively },
    // What lies there is being written.
    heal: () => Promise.resolve(),
    assertFree() {
      if (admin.isGivingUp)
        throw new VasError('conflict', 'A folder is being given up. Check the archive when that is done.');
    },
  });

  async function recorderFor(cameraId: string): Promise<CameraRecorder> {
    const known = recorders.get(cameraId);
    if (known) return known;
    const stored = wishes.get(cameraId) ?? (await store.read.getDevice(cameraId))?.recording ?? false;
    const raced = recorders.get(cameraId);
    if (raced) return raced;
    const recorder = new CameraRecorder(cameraId, wishes.get(cameraId) ?? stored, context);
    recorders.set(cameraId, recorder);
    return recorder;
  }

  function runOf(runId: string): { recorder: CameraRecorder; run: RecordingRun } | null {
    for (const recorder of recorders.values()) {
      const run = recorder.run(runId);
      if (run) return { recorder, run };
    }
    return null;
  }

  /** Where a camera's next run is written. @throws VasError unavailable ('storage') */
  async function prepareFolder(cameraId: string): Promise<StorageFolder> {
    const storage = await folders.prepare(worker, (root) => incomingFolder(root, cameraId));
    await healing.late(storage);
    let enough: boolean;
    try {
      enough = await retention.keepFloor(storage);
    } catch (error) {
      throw storageError(
        `The recordings folder ${storage.path} cannot be written: ${messageOf(error)}`,
        error,
      );
    }
    if (enough) return storage;
    throw storageError(
      `There is too little free space for recordings in ${storage.path}, and no older footage can be given up. Free some space.`,
    );
  }

  /** @throws VasError unavailable ('storage') while the current folder is missing */
  async function currentSpace(): Promise<FolderSpace> {
    await folders.load();
    const { current } = folders;
    if ((await folders.state(current)) === 'ready') return retention.space(current);
    throw storageError(`The recordings folder ${current.path} is missing.`);
  }

  const footage = createFootageSource({
    ...{ folders, read: store.read, clock, holds, fragmentSeconds: settings.fragmentSeconds },
    recorderOf: (cameraId) => recorders.get(cameraId) ?? null,
  });

  return {
    ...footage,
    ...createRecordingQueries(store.read),

    async openRun(start) {
      if (!isCameraFolder(start.cameraId) || !isCameraFolder(start.runId))
        throw new VasError('bad_request', 'Cameras and runs are named by lower-case UUIDs.');
      const storage = await prepareFolder(start.cameraId);
      const folder = incomingFolder(storage.path, start.cameraId);
      const recorder = await recorderFor(start.cameraId);
      try {
        await recorder.open(new RecordingRun(start, folder, storage, reader));
      } catch (error) {
        throw storageError(
          `The recordings folder ${storage.path} cannot be written: ${messageOf(error)}`,
          error,
        );
      }
      return {
        pattern: segmentPattern(folder, start.runId),
        segmentSeconds: settings.segmentSeconds,
        fragmentSeconds: settings.fragmentSeconds,
      };
    },

    progress(runId, mediaSeconds) {
      const found = runOf(runId);
      found?.recorder.progress(found.run, mediaSeconds);
    },

    segmentClosed(runId, segment) {
      const found = runOf(runId);
      if (found) found.recorder.segmentClosed(found.run, segment);
      else log.warn({ run: runId, file: segment.file }, 'a segment of an unknown run was reported');
    },

    async closeRun(runId) {
      const found = runOf(runId);
      if (!found) return;
      try {
        await found.recorder.closeRun(found.run);
      } catch (error) {
        log.error({ run: runId, reason: messageOf(error) }, 'the end of a run could not be settled');
      }
    },

    checks,

    async heal() {
      await deletions.finish();
      const { rows } = await store.read.listDevices({ limit: 10_000 });
      await gaps.open(rows.map(({ id }) => id));
      return healing.all(await folders.ready());
    },

    async checkArchive() {
      const parts = {
        ...{ folders, store, reader, archive, log },
        closing: () => disposed !== null,
        exclusively,
      };
      return checkFolders(parts);
    },

    setRecording(cameraId, on, why = 'off') {
      wishes.set(cameraId, on);
      gaps.noteSwitch(cameraId, on, why);
      recorders.get(cameraId)?.setRecording(on);
    },

    noteStream: (status) => gaps.noteStream(status),

    isRecording: (cameraId) => recorders.get(cameraId)?.recording ?? wishes.get(cameraId) ?? false,

    async dropBuffer(cameraId) {
      await recorders.get(cameraId)?.expireBuffer(true);
    },

    onRegistered: (listener) => registered.on(listener),
    onRemoved: (listener) => removed.on(listener),
    folders: admin,
    setRetention: (next, confirmed) => retention.setSettings(next, confirmed),
    refusedSweep: () => retention.refused,
    sweepConfirmed: () => retention.sweepConfirmed(),
    retention: () => retention.settings,
    sweep: () => retention.sweep(),

    async space() {
      const { free, total, floor, device } = await currentSpace();
      return { freeBytes: free, totalBytes: total, floorBytes: floor, device };
    },

    async stats() {
      const [recordedBytes, { free, total, floor }] = await Promise.all([
        store.read.recordedBytes(),
        currentSpace(),
      ]);
      let { pending, failures } = archive.stats;
      let buffered = 0;
      for (const recorder of recorders.values()) {
        buffered += recorder.bufferedCount;
        pending += recorder.unsettled.count;
        failures += recorder.unsettled.failures;
      }
      return {
        ...{ recordedBytes, freeBytes: free, totalBytes: total, floorBytes: floor },
        ...{ buffered, pending, failures, quarantined: archive.stats.quarantined, held: holds.size },
      };
    },

    dispose() {
      disposed ??= (async () => {
        for (const timer of timers) timer.cancel();
        for (const recorder of recorders.values())
          await recorder.dispose().catch(complain('the buffer cannot be emptied'));
        await checks.dispose();
        await admin.dispose();
        archive.dispose();
        await gaps.dispose();
        await Promise.all([worker, reader, prober, hasher, looks].map((each) => each.dispose()));
      })();
      return disposed;
    },
  };
}

/** Where recordings live inside the data folder unless a setting says otherwise. */
export function defaultRecordingsFolder(dataDir: string): string {
  return path.join(dataDir, 'recordings');
}
