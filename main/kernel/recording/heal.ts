import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { messageOf } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { StoreReads } from '../../store/types';
import type { MediaWorker } from '../media/mediaWorker';
import type { TreeFile } from '../media/worker/tree';
import type { Archive } from './archive';
import {
  INCOMING_FOLDER,
  incomingFolder,
  isCameraFolder,
  noteFileName,
  parseSegmentFileName,
} from './layout';
import type { Span } from './place';
import { footageEnd, freeStart } from './place';
import { firstPictureSeconds, isEmpty, NO_KNOWN_TIME, shownSeconds } from './recordingRun';
import type { RunNote } from './runNote';
import { fateOf, readRunNote, wallOfNote } from './runNote';

export interface HealReport {
  /** Segments that a crash had left unregistered and that now have a row. */
  readonly registered: number;
  /** Buffers, files of cameras that did not record, and files without content. */
  readonly discarded: number;
  readonly quarantined: number;
}

export interface HealContext {
  readonly root: string;
  readonly read: StoreReads;
  readonly worker: MediaWorker;
  readonly archive: Archive;
  readonly log: Logger;
}

interface Leftover {
  readonly file: string;
  readonly counter: number;
  readonly modifiedUs: number;
}

type Outcome = 'registered' | 'discarded' | 'quarantined';

/**
 * Takes care of what a crash, a SIGKILL or a power cut left in `incoming`: footage of cameras that recorded is
 * cut to its last whole fragment and registered, buffers are discarded. To be called before the first run.
 * @throws VasError when it cannot be told what there is; one camera or file that cannot be read keeps no other from it
 */
export async function healIncoming(context: HealContext): Promise<HealReport> {
  const counts: Record<Outcome, number> = { registered: 0, discarded: 0, quarantined: 0 };
  const folders = await context.worker.run('listFolders', path.join(context.root, INCOMING_FOLDER));
  for (const cameraId of folders) {
    if (!isCameraFolder(cameraId)) {
      context.log.warn({ folder: cameraId }, 'a folder in incoming is not a camera; it is left alone');
      continue;
    }
    try {
      for (const outcome of await healCamera(context, cameraId)) counts[outcome]++;
    } catch (error) {
      context.log.error({ camera: cameraId, reason: messageOf(error) }, 'footage could not be healed');
    }
  }
  if (counts.registered + counts.discarded + counts.quarantined > 0)
    context.log.warn(counts, 'the last run of the application ended uncleanly; its footage was healed');
  return counts;
}

async function healCamera(context: HealContext, cameraId: string): Promise<Outcome[]> {
  const { worker } = context;
  const folder = incomingFolder(context.root, cameraId);
  const files = await worker.run('listTree', folder);
  const runs = new Map<string, Leftover[]>();
  for (const file of files) {
    const name = parseSegmentFileName(file.path);
    if (name) runs.set(name.runId, [...(runs.get(name.runId) ?? []), leftover(folder, file, name.counter)]);
  }
  const notes = new Map<string, RunNote | null>();
  for (const runId of runs.keys()) notes.set(runId, await readRunNote(worker, folder, runId));
  // Older runs first, so that what follows finds its place behind them.
  const order = [...runs].sort(
    ([a, filesOfA], [b, filesOfB]) =>
      (notes.get(a)?.wallUs ?? newest(filesOfA)) - (notes.get(b)?.wallUs ?? newest(filesOfB)),
  );
  const outcomes: Outcome[] = [];
  for (const [runId, leftovers] of order) {
    const note = notes.get(runId) ?? null;
    // Without a note only the operator's switch can tell.
    const isKept = note !== null || ((await context.read.getDevice(cameraId))?.recording ?? true);
    const kept = leftovers.filter(({ counter }) => (note ? fateOf(note, counter).keep : isKept));
    const others = leftovers.filter((one) => !kept.includes(one)).map(({ file }) => file);
    await worker.run('removeDurably', others, null);
    outcomes.push(...others.map(() => 'discarded' as const));
    outcomes.push(...(await healRun(context, { cameraId, runId, note }, kept)));
  }
  await removeNotes(context, folder);
  return outcomes;
}

interface LeftRun {
  readonly cameraId: string;
  readonly runId: string;
  readonly note: RunNote | null;
}

async function healRun(
  context: HealContext,
  run: LeftRun,
  leftovers: readonly Leftover[],
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  /** Media time at which the file before ended, seconds; null when it is not known. */
  let followsSeconds: number | null = null;
  for (const one of [...leftovers].sort((a, b) => a.counter - b.counter)) {
    try {
      const healed = await healFile(context, run, one, followsSeconds);
      outcomes.push(healed.outcome);
      followsSeconds = healed.untilSeconds;
    } catch (error) {
      // One that cannot be read costs none of the others.
      context.log.error({ file: one.file, reason: messageOf(error) }, 'a segment could not be healed');
      followsSeconds = null;
    }
  }
  return outcomes;
}

/**
 * @param followsSeconds media time at which the file before ended; null when it is not known
 * @returns with the media time at which this one ends
 */
async function healFile(
  { worker, archive, log, read }: HealContext,
  { cameraId, runId, note }: LeftRun,
  { file, counter, modifiedUs }: Leftover,
  followsSeconds: number | null,
): Promise<{ outcome: Outcome; untilSeconds: number | null }> {
  const discard = async (why: string) => {
    await worker.run('removeDurably', [file], null);
    log.info({ camera: cameraId, file }, why);
    return { outcome: 'discarded' as const, untilSeconds: followsSeconds };
  };
  const quarantine = async (why: string) => {
    await archive.quarantine(file, why);
    return { outcome: 'quarantined' as const, untilSeconds: followsSeconds };
  };
  let facts = await worker.run('examine', file, 0);
  let shown = shownSeconds(facts);
  if (isEmpty(facts)) return discard('a file without content was removed');
  if (!shown || !facts.video) return quarantine(facts.tail ?? 'no pictures');
  const listed: number | null = listedStart(note, counter) ?? followsSeconds;
  // Without a note the last change of the file tells when its last fragment was written.
  let wanted: Span = { startUs: modifiedUs - Math.round(shown.seconds * 1e6), endUs: modifiedUs };
  let untilSeconds: number | null = null;
  if (note && listed !== null) {
    const from = firstPictureSeconds(counter, listed, shown.first);
    const trueUntil = note.trueUntilSeconds ?? null;
    const { cutSeconds } = fateOf(note, counter);
    const isStrayed = trueUntil !== null && from + shown.seconds > trueUntil;
    if (isStrayed)
      // The camera set its clock while this was written.
      facts = await worker.run('examineBefore', file, Math.min(trueUntil, cutSeconds ?? trueUntil) - from);
    else if (cutSeconds !== null) facts = await worker.run('examineUntil', file, cutSeconds - from);
    shown = shownSeconds(facts);
    if (!shown || !facts.video)
      return isStrayed ? quarantine(NO_KNOWN_TIME) : discard('a file without footage to keep was removed');
    untilSeconds = from + shown.seconds;
    wanted = { startUs: wallOfNote(note, from), endUs: wallOfNote(note, untilSeconds) };
  }
  const startUs = await freeStart(read, cameraId, wanted, []);
  const endUs = footageEnd(startUs, startUs + wanted.endUs - wanted.startUs, shown.seconds);
  const { codec, width, height } = facts.video;
  let outcome: Outcome = 'registered';
  await archive.register({
    file,
    row: {
      ...{ id: randomUUID(), cameraId, runId, startUs, endUs },
      ...{ videoCodec: codec, audioCodec: facts.audio?.codec ?? null, width, height },
    },
    truncateTo: facts.wholeEnd < facts.bytes ? facts.wholeEnd : null,
    done: (row) => {
      if (!row) outcome = 'quarantined';
    },
  });
  log.warn({ camera: cameraId, file, seconds: shown.seconds, tail: facts.tail }, 'a segment was healed');
  return { outcome, untilSeconds };
}

/** Media time at which a segment begins as the note tells it, seconds. */
function listedStart(note: RunNote | null, counter: number): number | null {
  if (!note) return null;
  if (counter === note.closed) return note.openFromSeconds;
  return note.waiting.find((segment) => segment.counter === counter)?.startSeconds ?? null;
}

function leftover(folder: string, file: TreeFile, counter: number): Leftover {
  return { file: path.join(folder, file.path), counter, modifiedUs: file.modifiedUs };
}

function newest(files: readonly Leftover[]): number {
  return Math.max(...files.map((file) => file.modifiedUs));
}

/** Removes notes (and half-written ones) of runs that have no file left. */
async function removeNotes(context: HealContext, folder: string): Promise<void> {
  const files = await context.worker.run('listTree', folder);
  const needed = new Set(files.flatMap((file) => parseSegmentFileName(file.path)?.runId ?? []));
  const notes = files.filter(
    ({ path: name }) =>
      (name.endsWith('.json') || name.endsWith('.json.tmp')) &&
      ![...needed].some((id) => name === noteFileName(id)),
  );
  await context.worker.run(
    'removeDurably',
    notes.map((file) => path.join(folder, file.path)),
    path.join(context.root, INCOMING_FOLDER),
  );
}
