import type { Clock } from '../../../base/clock';
import type { Disposable } from '../../../base/disposable';
import { Emitter } from '../../../base/emitter';
import { messageOf, VasError } from '../../../base/errors';
import type { Logger } from '../../../base/logger';
import type { SegmentRow, Store } from '../../../store/types';
import type { MediaWorker } from '../../media/mediaWorker';
import type { FolderState } from '../../media/worker/folderIdentity';
import type { CameraRecorder } from '../cameraRecorder';
import type { RetentionSettings } from '../settings';
import type { FolderCandidate } from './candidate';
import { examineCandidate } from './candidate';
import type { GivenUp } from './giveUpFolder';
import { giveUpFolder, refuseWhereWritten } from './giveUpFolder';
import type { RetentionPreview } from './retentionPreview';
import { previewRetention } from './retentionPreview';
import type { StorageFolders } from './storageFolders';
import { misplacedCameras, writtenFolders } from './writtenFolders';

/** One folder for recordings, as the operator sees it. */
export interface FolderReport {
  readonly id: string;
  readonly path: string;
  readonly isDefault: boolean;
  /** New recordings go here when it is there. */
  readonly isCurrent: boolean;
  /** Something is being recorded into it. */
  readonly isWritten: boolean;
  readonly state: FolderState;
  /** Of its file system; null while it is missing. */
  readonly space: { readonly free: number; readonly total: number; readonly floor: number } | null;
  readonly segments: number;
  readonly bytes: number;
  /** Ends of the oldest and newest recording, microseconds; null when there is none. */
  readonly oldestUs: number | null;
  readonly newestUs: number | null;
}

/** The folders that hold recordings, for the operator. */
export interface RecordingFolders {
  list(): Promise<FolderReport[]>;
  /** @throws VasError invalid saying why a folder cannot be used */
  examine(chosen: string): Promise<FolderCandidate>;
  /**
   * Records into a folder from now on: one that `examine` accepted, or a known one. What was recorded before
   * stays where it is.
   * @throws VasError invalid, unavailable when a known one is missing
   */
  use(target: { readonly path: string } | { readonly id: string }): Promise<void>;
  /** Takes an empty former folder from the list. @throws VasError conflict */
  forget(id: string): Promise<void>;
  /**
   * Gives up a former folder that is missing, with its recordings; a second call shares the first.
   * @throws VasError as `giveUpFolder`; conflict while the archive is checked, which would take it for damage
   */
  giveUp(id: string): Promise<GivenUp>;
  readonly isGivingUp: boolean;
  /** Whether to record into another folder while the current one is missing. */
  setFallback(on: boolean): void;
  previewRetention(rules: RetentionSettings): Promise<RetentionPreview>;
  /** Runs of these cameras are written elsewhere than new ones would be; a restart of their ingest cures that. */
  onMisplaced(listener: (cameraIds: readonly string[]) => void): Disposable;
  /** Looks whether the current folder is back; to be called from time to time. */
  checkPlacement(): Promise<void>;
  /** Resolves when nothing is being given up any more. */
  dispose(): Promise<void>;
}

export interface RecordingFoldersContext {
  readonly folders: StorageFolders;
  readonly recorders: ReadonlyMap<string, CameraRecorder>;
  readonly dataDir: string;
  readonly store: Store;
  /** A worker of its own: a folder on a network that hangs holds nobody else up. */
  readonly worker: MediaWorker;
  readonly retention: () => RetentionSettings;
  readonly floorOf: (totalBytes: number) => number;
  /** How fast recordings are written now. */
  readonly bytesPerSecond: () => number;
  /** Whether a check of the archive runs. */
  readonly isChecking: () => boolean;
  /** Called with segments that have no row any more. */
  readonly onGone: (rows: readonly SegmentRow[]) => void;
  readonly clock: Clock;
  readonly log: Logger;
}

export function createRecordingFolders(context: RecordingFoldersContext): RecordingFolders {
  const { folders, recorders, store, worker, clock, log } = context;
  const written = () => writtenFolders(folders, recorders.values());
  const ending = new AbortController();
  /** Those that are being given up, by id. */
  const givingUp = new Map<string, Promise<GivenUp>>();
  const misplaced = new Emitter<readonly string[]>((error) =>
    log.error({ reason: messageOf(error) }, 'a camera could not be moved to another folder'),
  );

  async function report(row: Awaited<ReturnType<typeof store.read.listStorageFolders>>[number]) {
    const folder = folders.all.find(({ id }) => id === row.id);
    if (!folder) return [];
    const state = await folders.state(folder);
    const space = state === 'ready' ? await worker.run('space', folder.path).catch(() => null) : null;
    const one: FolderReport = {
      ...{ id: row.id, path: folder.path, isDefault: folder.isDefault, isCurrent: row.isCurrent, state },
      isWritten: state === 'ready' && written().includes(folder),
      space: space && {
        ...{ free: space.free, total: space.total },
        floor: context.floorOf(space.total),
      },
      ...{ segments: row.segments, bytes: row.bytes, oldestUs: row.oldestUs, newestUs: row.newestUs },
    };
    return [one];
  }

  async function examine(chosen: string): Promise<FolderCandidate> {
    await folders.load();
    return examineCandidate(chosen, {
      ...{ worker, dataDir: context.dataDir, folders: folders.all, current: folders.current },
      floorBytes: context.retention().floorBytes,
    });
  }

  async function checkPlacement(): Promise<void> {
    await folders.load();
    const { current } = folders;
    const cameras = misplacedCameras(current, recorders.values());
    if (cameras.length > 0 && (await folders.state(current)) === 'ready') misplaced.emit(cameras);
  }

  return {
    async list() {
      await folders.load();
      const rows = await store.read.listStorageFolders();
      return (await Promise.all(rows.map(report))).flat();
    },
    examine,
    async use(target) {
      await folders.load();
      let id: string;
      if ('id' in target) {
        const known = folders.all.find((folder) => folder.id === target.id);
        if (!known) throw new VasError('not_found', 'There is no such folder for recordings.');
        if ((await folders.state(known)) !== 'ready')
          throw new VasError('unavailable', `${known.path} is missing. Connect its disk first.`);
        id = known.id;
      } else {
        const candidate = await examine(target.path);
        id = (candidate.known ?? (await folders.add(worker, candidate.path))).id;
      }
      await folders.use(id);
      log.info({ folder: folders.current.path }, 'recordings go into another folder from now on');
      await checkPlacement();
    },
    async forget(id) {
      await folders.load();
      refuseWhereWritten(written(), id);
      await folders.remove(id);
    },
    get isGivingUp() {
      return givingUp.size > 0;
    },
    async giveUp(id) {
      if (context.isChecking())
        throw new VasError('conflict', 'The archive is being checked. Try again when that is done.');
      const known = givingUp.get(id);
      if (known) return known;
      const done = giveUpFolder(
        { folders, store, written, log, onGone: context.onGone, signal: ending.signal },
        id,
      ).finally(() => givingUp.delete(id));
      givingUp.set(id, done);
      return done;
    },
    setFallback(on) {
      folders.fallback = on;
    },
    async previewRetention(rules) {
      await folders.load();
      return previewRetention(rules, {
        ...{ folders, written: written(), store, worker, clock, bytesPerSecond: context.bytesPerSecond() },
      });
    },
    onMisplaced: (listener) => misplaced.on(listener),
    checkPlacement,
    async dispose() {
      ending.abort(new VasError('unavailable', 'The application is being closed.'));
      await Promise.allSettled(givingUp.values());
    },
  };
}
