import { randomUUID } from 'node:crypto';
import type { ErrorKind } from '../../base/errors';
import { messageOf, VasError } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { SegmentRow, Store } from '../../store/types';
import type { MediaWorker } from '../media/mediaWorker';
import type { Archive } from './archive';
import type { StorageFolder, StorageFolders } from './folders/storageFolders';
import { fromArchive, isCameraFolder, parseArchivePath } from './layout';
import { wholeMilliseconds } from './place';
import { shownSeconds } from './recordingRun';

export interface ArchiveReport {
  readonly segments: number;
  /** Rows whose file was missing; they are removed unless it is most of a camera's. */
  readonly missingFiles: number;
  /** Files without row that have one again. */
  readonly registered: number;
  readonly quarantined: number;
}

export interface ArchiveCheckContext {
  readonly folders: StorageFolders;
  /** A folder that is there. */
  readonly folder: StorageFolder;
  readonly store: Store;
  readonly reader: MediaWorker;
  readonly archive: Archive;
  readonly log: Logger;
  /** Runs a task while no segment of the camera is being registered. */
  exclusively<T>(cameraId: string, task: () => Promise<T>): Promise<T>;
  /** The application ends: what is not compared yet is compared at the next start. */
  closing(): boolean;
}

/** The index will never take it. */
const REFUSED: readonly ErrorKind[] = ['conflict', 'not_found', 'invalid'];

/** From this many rows on, most files missing means that the disk is missing. */
const FEW = 4;

/** Compares the index with each of the folders that are there. */
export async function checkFolders(context: Omit<ArchiveCheckContext, 'folder'>): Promise<ArchiveReport> {
  const total = { segments: 0, missingFiles: 0, registered: 0, quarantined: 0 };
  for (const folder of await context.folders.ready()) {
    const found = await checkArchive({ ...context, folder });
    for (const key of ['segments', 'missingFiles', 'registered', 'quarantined'] as const)
      total[key] += found[key];
  }
  return total;
}

/** Compares index and folder: every row has its file, every file its row (anchors D, "DB vs files disagree"). */
async function checkArchive(context: ArchiveCheckContext): Promise<ArchiveReport> {
  const { folder, store, reader, log } = context;
  const folders = (await reader.run('listFolders', folder.path)).filter(isCameraFolder);
  const devices = await store.read.listDevices({ offset: 0, limit: 10_000 });
  const cameras = new Set([...folders, ...devices.rows.map((device) => device.id)]);
  const total = { segments: 0, missingFiles: 0, registered: 0, quarantined: 0 };
  for (const cameraId of cameras) {
    if (context.closing()) break;
    try {
      const found = await context.exclusively(cameraId, () => checkCamera(context, cameraId));
      for (const key of ['segments', 'missingFiles', 'registered', 'quarantined'] as const)
        total[key] += found[key];
    } catch (error) {
      if (context.closing()) break;
      log.error(
        { camera: cameraId, reason: messageOf(error) },
        'recordings of a camera could not be checked',
      );
    }
  }
  const trouble = total.missingFiles + total.registered + total.quarantined > 0;
  log[trouble ? 'warn' : 'info'](total, 'the archive was compared with its index');
  return total;
}

async function checkCamera(context: ArchiveCheckContext, cameraId: string): Promise<ArchiveReport> {
  const { folder, store, reader } = context;
  const rows = new Set(await store.read.segmentPaths(cameraId, folder.id));
  const files = await reader.run('listTree', fromArchive(folder.path, cameraId));
  const onDisk = new Set(files.map((file) => `${cameraId}/${file.path}`));
  // What is being deleted may still be there.
  for (const { path } of await store.read.listTombstones({ cameraId, limit: -1 })) onDisk.delete(path);
  const missing = [...rows].filter((row) => !onDisk.has(row));
  const extra = [...onDisk].filter((file) => !rows.has(file));
  await dropRows(context, cameraId, missing, rows.size);
  let registered = 0;
  let quarantined = 0;
  for (const relative of extra) {
    const outcome = await registerAgain(context, cameraId, relative);
    if (outcome === 'registered') registered++;
    if (outcome === 'quarantined') quarantined++;
  }
  return { segments: rows.size, missingFiles: missing.length, registered, quarantined };
}

async function dropRows(
  { folder, folders, store, reader, log }: ArchiveCheckContext,
  cameraId: string,
  missing: readonly string[],
  total: number,
): Promise<void> {
  if (missing.length === 0) return;
  if (missing.length >= FEW && missing.length > total / 2) {
    log.error(
      { camera: cameraId, missing: missing.length, total },
      'most recordings of a camera are not on the disk; their index is kept. Is the right disk mounted?',
    );
    return;
  }
  const lost: SegmentRow[] = [];
  for (const relative of missing) {
    const row = await store.read.segmentByPath(relative);
    if (row && (await reader.run('sizeOf', fromArchive(folder.path, relative))) === null) lost.push(row);
  }
  // The disk may have gone away since it was looked at: then nothing is lost.
  if ((await folders.state(folder)) !== 'ready') return;
  for (const { path, startUs, endUs } of lost)
    log.error({ camera: cameraId, path, fromUs: startUs, toUs: endUs }, 'a recording is missing');
  await store.write.deleteSegments(lost.map(({ id }) => id));
}

/** `known`: it has a row, since it was on its way when rows and files were read. */
type Registered = 'registered' | 'known' | 'quarantined';

/** Gives a file of the archive a row. */
export async function registerAgain(
  {
    folder,
    store,
    reader,
    archive,
    log,
  }: Pick<ArchiveCheckContext, 'folder' | 'store' | 'reader' | 'archive' | 'log'>,
  cameraId: string,
  relative: string,
): Promise<Registered> {
  const file = fromArchive(folder.path, relative);
  const isKnown = async () => (await store.read.segmentByPath(relative))?.folderId === folder.id;
  const quarantine = async (why: string): Promise<Registered> => {
    // The file of a row is never put aside.
    if (await isKnown()) return 'known';
    await archive.quarantine(file, why);
    return 'quarantined';
  };
  if (await isKnown()) return 'known';
  const name = parseArchivePath(relative);
  const facts = await reader.run('examine', file, 0);
  const shown = shownSeconds(facts);
  if (!name || !shown || !facts.video || facts.wholeEnd < facts.bytes)
    return quarantine(name ? (facts.tail ?? 'no pictures') : 'not a name of a recording');
  const span = await between(store, cameraId, name.startUs, name.startUs + shown.seconds * 1e6);
  if (!span) return quarantine('there is another recording of the same time');
  // It may have been renamed by a run that was killed before the name was on disk.
  await reader.run('keepDurably', file, folder.path);
  const { codec, width, height } = facts.video;
  const row: SegmentRow = {
    ...{ id: randomUUID(), cameraId, runId: randomUUID(), folderId: folder.id, path: relative },
    ...span,
    ...{ videoCodec: codec, audioCodec: facts.audio?.codec ?? null, width, height, bytes: facts.bytes },
    sha256: await reader.run('hashFile', file, null),
  };
  try {
    await store.write.insertSegment(row);
  } catch (error) {
    // A busy index or a full disk says nothing about the file.
    if (!(error instanceof VasError) || !REFUSED.includes(error.kind)) throw error;
    return quarantine(error.message);
  }
  log.warn({ camera: cameraId, path: relative }, 'a recording without an entry in the index has one again');
  return 'registered';
}

/** The span between its neighbours, as long as at least half of it is left; null otherwise. */
async function between(
  store: Store,
  cameraId: string,
  startUs: number,
  endUs: number,
): Promise<{ startUs: number; endUs: number } | null> {
  const middle = (startUs + endUs) / 2;
  const rows = await store.read.findSegments(cameraId, startUs, Math.ceil(endUs));
  const before = rows.filter((row) => row.startUs < middle).map((row) => row.endUs);
  const after = rows.filter((row) => row.startUs >= middle).map((row) => row.startUs);
  const from = wholeMilliseconds(Math.max(startUs, ...before));
  const to = wholeMilliseconds(Math.min(endUs, ...after));
  return to - from >= (endUs - startUs) / 2 ? { startUs: from, endUs: to } : null;
}
