import type { ArchiveFindingKind } from '../../../../contract/archive';
import type { SegmentRow, StoreReads } from '../../../store/types';
import type { MediaWorker } from '../../media/mediaWorker';
import { systemCodeOf } from '../../media/mediaWorker';
import type { StorageFolder, StorageFolders } from '../folders/storageFolders';
import { fromArchive, INCOMING_FOLDER, isCameraFolder, parseSegmentFileName } from '../layout';
import type { ChainAnchor } from './anchors';
import { newestAnchors } from './anchors';
import { ChainFollower } from './followChain';

/** Something that is not as docs/archive.md says it must be. */
export interface Finding {
  readonly kind: ArchiveFindingKind;
  readonly cameraId: string | null;
  readonly folder: StorageFolder | null;
  /** Absolute. */
  readonly file: string | null;
  readonly row: SegmentRow | null;
  readonly detail: string;
}

export interface InspectionProgress {
  readonly segments: number;
  readonly bytes: number;
}

export interface InspectionContext {
  readonly folders: StorageFolders;
  readonly read: StoreReads;
  /** In the background: it lists, measures and hashes files. */
  readonly worker: MediaWorker;
  /** Reads every file. */
  readonly hashes: boolean;
  /** The application records meanwhile: what is on its way is no finding. */
  readonly live: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: InspectionProgress) => void;
}

const PAGE = 2000;
/** A live archive is asked again before something counts as wrong. */
const ATTEMPTS = 3;
/** What a live application has not finished after this long it has forgotten, microseconds. */
const SETTLED_US = 300_000_000;
const ALL = [0, Number.MAX_SAFE_INTEGER] as const;

/** Compares index, files and chains. Changes nothing. @throws VasError, or the reason of the signal */
export async function inspectArchive(context: InspectionContext): Promise<Finding[]> {
  const { folders, read, worker, signal } = context;
  await folders.load();
  const findings: Finding[] = [];
  const ready: StorageFolder[] = [];
  for (const folder of folders.all) {
    const state = await folders.state(folder);
    if (state === 'ready') ready.push(folder);
    else
      findings.push({
        ...{ kind: `folder-${state}`, cameraId: null, folder, file: folder.path, row: null },
        detail: state === 'missing' ? 'the disk is not there' : 'it belongs to another workstation',
      });
  }
  const listed = await Promise.all(ready.map((folder) => worker.run('listFolders', folder.path)));
  const cameras = new Set([...(await read.usedDeviceIds()), ...listed.flat().filter(isCameraFolder)]);
  const progress = { segments: 0, bytes: 0 };
  // Before the chains themselves, which only grow.
  const anchors = await newestAnchors(read);
  for (const cameraId of cameras) {
    signal.throwIfAborted();
    findings.push(...(await inspectFiles(context, ready, cameraId, progress)));
    findings.push(...(await inspectChain(context, cameraId, anchors.get(cameraId) ?? null)));
  }
  findings.push(...(await unfinishedDeletions(context)));
  if (!context.live) for (const folder of ready) findings.push(...(await leftovers(context, folder)));
  return findings;
}

async function inspectFiles(
  context: InspectionContext,
  ready: readonly StorageFolder[],
  cameraId: string,
  progress: { segments: number; bytes: number },
): Promise<Finding[]> {
  const { folders, read, worker, signal } = context;
  const findings: Finding[] = [];
  const files = new Map<string, number>();
  const rows = await read.findSegments(cameraId, ...ALL);
  for (const folder of ready)
    for (const file of await worker.run('listTree', fromArchive(folder.path, cameraId)))
      files.set(fromArchive(folder.path, `${cameraId}/${file.path}`), file.bytes);
  const known = new Set<string>();
  const isReady = new Set(ready.map(({ id }) => id));
  let before: SegmentRow | null = null;
  for (const row of rows) {
    signal.throwIfAborted();
    const file = folders.fileOf(row);
    known.add(file);
    const add = (kind: ArchiveFindingKind, detail: string): void => {
      const folder = folders.all.find(({ id }) => id === row.folderId) ?? null;
      findings.push({ kind, cameraId, folder, file, row, detail });
    };
    if (before && before.endUs > row.startUs)
      add('overlap', `it begins ${before.endUs - row.startUs} us before the one before it ends`);
    before = row;
    if (isReady.has(row.folderId)) await inspectFile(context, row, file, files.get(file), add);
    progress.segments++;
    progress.bytes += row.bytes;
    if (context.hashes || progress.segments % 200 === 0) context.onProgress({ ...progress });
    // Between the rows of a large archive there is time for everything else.
    if (progress.segments % 500 === 0) await new Promise<void>((resolve) => setImmediate(resolve));
  }
  context.onProgress({ ...progress });
  const tombstones = await read.listTombstones({ cameraId, limit: -1 });
  for (const tombstone of tombstones) known.add(folders.fileOf(tombstone));
  for (const file of files.keys()) {
    if (known.has(file) || (await isOnItsWay(context, file))) continue;
    const folder = folders.holding(file);
    findings.push({ kind: 'file-unknown', cameraId, folder, file, row: null, detail: 'it has no row' });
  }
  return findings;
}

async function inspectFile(
  context: InspectionContext,
  row: SegmentRow,
  file: string,
  listedBytes: number | undefined,
  add: (kind: ArchiveFindingKind, detail: string) => void,
): Promise<void> {
  const { worker, read } = context;
  let bytes = listedBytes;
  if (bytes === undefined) {
    // Registered after the files were listed, or given up since the rows were read.
    if ((await read.segmentByPath(row.path))?.id !== row.id) return;
    bytes = (await worker.run('sizeOf', file)) ?? undefined;
    if (bytes === undefined) {
      add('file-missing', 'the file is not there');
      return;
    }
  }
  if (bytes !== row.bytes) {
    add('size-differs', `it has ${bytes} bytes, not ${row.bytes}`);
    return;
  }
  if (row.sha256 === null) add('hash-missing', 'it was recorded before there were hashes');
  if (!context.hashes || row.sha256 === null) return;
  try {
    const found = await worker.run('hashFile', file, null);
    if (found !== row.sha256) add('hash-differs', `its SHA-256 is ${found}, not ${row.sha256}`);
  } catch (error) {
    if (systemCodeOf(error) !== 'ENOENT')
      add('unreadable', `it cannot be read: ${String(systemCodeOf(error))}`);
    else if ((await read.segmentByPath(row.path))?.id === row.id)
      add('file-missing', 'the file is not there');
  }
}

/** A segment of a live application that has its file already and its row in a moment. */
async function isOnItsWay(
  { live, read, worker, folders }: InspectionContext,
  file: string,
): Promise<boolean> {
  if (!live) return false;
  if ((await worker.run('sizeOf', file)) === null) return true;
  const folder = folders.holding(file);
  const relative = file.slice(folder.path.length + 1).replaceAll('\\', '/');
  if (await read.segmentByPath(relative)) return true;
  const modifiedUs = await worker.run('modifiedUs', file);
  return modifiedUs !== null && Date.now() * 1000 - modifiedUs < SETTLED_US;
}

async function inspectChain(
  context: InspectionContext,
  cameraId: string,
  anchor: ChainAnchor | null,
): Promise<Finding[]> {
  const { read, live, signal } = context;
  for (let attempt = 1; ; attempt++) {
    const follower = new ChainFollower(await read.chainCuts(cameraId), anchor);
    const head = await read.chainHead(cameraId);
    for (let after = 0; ;) {
      signal.throwIfAborted();
      const page = await read.sealedSegments(cameraId, after, PAGE);
      // What was added meanwhile lies behind the head that was read.
      follower.add(page.filter((row) => !live || row.seq <= (head?.seq ?? 0)));
      const last = page.at(-1);
      if (!last || page.length < PAGE) break;
      after = last.seq;
    }
    follower.end(head);
    // A live application may have deleted between two pages: then the next attempt finds nothing.
    if (follower.faults.length > 0 && live && attempt < ATTEMPTS) continue;
    return follower.faults.map(({ kind, path, detail }) => ({
      ...{ kind, cameraId, folder: null, file: path, row: null, detail },
    }));
  }
}

async function unfinishedDeletions({ read, live, folders }: InspectionContext): Promise<Finding[]> {
  const nowUs = Date.now() * 1000;
  return (await read.listTombstones({ limit: -1 }))
    .filter(({ notedUs }) => !live || nowUs - notedUs > SETTLED_US)
    .map((tombstone) => ({
      ...{ kind: 'deletion-unfinished', cameraId: tombstone.cameraId, folder: null, row: null },
      file: folders.fileOf(tombstone),
      detail: 'the next start finishes it',
    }));
}

async function leftovers({ worker }: InspectionContext, folder: StorageFolder): Promise<Finding[]> {
  const incoming = fromArchive(folder.path, INCOMING_FOLDER);
  return (await worker.run('listTree', incoming)).flatMap(({ path, bytes }): Finding[] => {
    const [cameraId = '', name = ''] = path.split('/');
    if (!isCameraFolder(cameraId) || !parseSegmentFileName(name) || bytes === 0) return [];
    const file = fromArchive(incoming, path);
    return [
      { kind: 'not-registered', cameraId, folder, file, row: null, detail: 'the next start registers it' },
    ];
  });
}
