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
import { readRunNote, wallOfNote } from './runNote';

export interface HealReport {
  /** Segments that a crash had left unregistered and that now have a row. */
  readonly registered: number;
  /** Files of cameras that did not record, and files without content. */
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
    const recording = note?.recording ?? (await context.read.getDevice(cameraId))?.recording ?? true;
    if (recording) outcomes.push(...(await healRun(context, cameraId, runId, note, leftovers)));
    else {
      await worker.run(
        'removeDurably',
        leftovers.map(({ file }) => file),
        null,
      );
      outcomes.push(...leftovers.map(() => 'discarded' as const));
    }
  }
  await removeNotes(context, folder);
  return outcomes;
}

async function healRun(
  context: HealContext,
  cameraId: string,
  runId: string,
  note: RunNote | null,
  leftovers: readonly Leftover[],
): Promise<Outcome[]> {
  const { worker, archive, log, read } = context;
  const outcomes: Outcome[] = [];
  /** Media time at which the file before ended, seconds; null when it is not known. */
  let followsSeconds: number | null = null;
  for (const { file, counter, modifiedUs } of [...leftovers].sort((a, b) => a.counter - b.counter)) {
    let facts = await worker.run('examine', file, 0);
    let shown = shownSeconds(facts);
    if (isEmpty(facts)) {
      await worker.run('removeDurably', [file], null);
      log.info({ camera: cameraId, file }, 'a file without content was removed');
      outcomes.push('discarded');
      continue;
    }
    if (!shown || !facts.video) {
      await archive.quarantine(file, facts.tail ?? 'no pictures');
      outcomes.push('quarantined');
      continue;
    }
    const listed: number | null = listedStart(note, counter) ?? followsSeconds;
    let wanted: Span;
    const until = note?.trueUntilSeconds ?? null;
    if (until !== null && listed !== null) {
      const from = firstPictureSeconds(counter, listed, shown.first);
      if (from + shown.seconds > until) {
        // The camera set its clock while this was written.
        facts = await worker.run('examineBefore', file, until - from);
        shown = shownSeconds(facts);
        if (!shown || !facts.video) {
          await archive.quarantine(file, NO_KNOWN_TIME);
          outcomes.push('quarantined');
          continue;
        }
      }
    }
    if (note && listed !== null) {
      const from = firstPictureSeconds(counter, listed, shown.first);
      wanted = { startUs: wallOfNote(note, from), endUs: wallOfNote(note, from + shown.seconds) };
      followsSeconds = from + shown.seconds;
    } else {
      // Without a note the last change of the file tells when its last fragment was written.
      wanted = { startUs: modifiedUs - Math.round(shown.seconds * 1e6), endUs: modifiedUs };
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
    outcomes.push(outcome);
  }
  return outcomes;
}

/** Media time at which a segment begins as the note tells it, seconds. */
function listedStart(note: RunNote | null, counter: number): number | null {
  if (!note) return null;
  if (counter === note.closed) return note.openFromSeconds;
  return note.waiting.find(([waiting]) => waiting === counter)?.[1] ?? null;
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
