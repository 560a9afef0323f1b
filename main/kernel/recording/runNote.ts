import path from 'node:path';
import type { MediaWorker } from '../media/mediaWorker';
import { noteFileName } from './layout';

/** A closed segment that is not in the archive (yet). */
export interface NotedSegment {
  readonly counter: number;
  /** Media time at which it begins, seconds; null where it follows the one before. */
  readonly startSeconds: number | null;
  /** It goes into the archive; else it is of the buffer. */
  readonly keep: boolean;
  /** Only what was taken before this media time is kept, seconds; null: all of it. */
  readonly cutSeconds: number | null;
}

/** What is known about a run, kept beside its files so that a crash does not lose when they were taken. */
export interface RunNote {
  /** 1, of earlier versions: `recording` is of the whole run. 2: whatever is not kept is among `waiting`. */
  readonly version: 1 | 2;
  readonly runId: string;
  readonly cameraId: string;
  /** What is being written is kept. */
  readonly recording: boolean;
  /** One point of the run's clock: media time in seconds, and its wall clock in microseconds. */
  readonly mediaSeconds: number;
  readonly wallUs: number;
  /** Media times beyond are not those of pictures, seconds; null or absent: all are. */
  readonly trueUntilSeconds?: number | null;
  /** Number of closed segments, and the media time at which the open one begins, seconds. */
  readonly closed: number;
  readonly openFromSeconds: number;
  /** Recording was switched off at this media time of the open segment, seconds; what came before is kept. */
  readonly cutSeconds: number | null;
  readonly waiting: readonly NotedSegment[];
}

export async function writeRunNote(worker: MediaWorker, folder: string, note: RunNote): Promise<void> {
  const bytes = Buffer.from(JSON.stringify(note));
  await worker.run('writeDurably', path.join(folder, noteFileName(note.runId)), bytes);
}

/** Null when there is no note or it cannot be understood. */
export async function readRunNote(
  worker: MediaWorker,
  folder: string,
  runId: string,
): Promise<RunNote | null> {
  const text = await worker.run('readText', path.join(folder, noteFileName(runId)));
  if (text === null) return null;
  try {
    return noteOf(JSON.parse(text));
  } catch {
    return null;
  }
}

function noteOf(value: unknown): RunNote | null {
  if (typeof value !== 'object' || value === null) return null;
  const note = value as Record<string, unknown>;
  const { version, waiting, recording } = note;
  const isUnderstood =
    (version === 1 || version === 2) &&
    typeof note['runId'] === 'string' &&
    typeof note['cameraId'] === 'string' &&
    typeof recording === 'boolean' &&
    [note['mediaSeconds'], note['wallUs'], note['closed'], note['openFromSeconds']].every(Number.isFinite) &&
    isSeconds(note['trueUntilSeconds'] ?? null) &&
    isSeconds(note['cutSeconds'] ?? null) &&
    Array.isArray(waiting) &&
    waiting.every(version === 1 ? isPair : isNotedSegment);
  if (!isUnderstood) return null;
  return {
    ...(note as unknown as RunNote),
    cutSeconds: (note['cutSeconds'] as number | undefined) ?? null,
    waiting:
      version === 2
        ? (waiting as NotedSegment[])
        : (waiting as [number, number][]).map(([counter, startSeconds]) => ({
            ...{ counter, startSeconds, keep: recording, cutSeconds: null },
          })),
  };
}

const isSeconds = (value: unknown): boolean => value === null || Number.isFinite(value);

const isPair = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 2 && value.every(Number.isFinite);

function isNotedSegment(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { counter, startSeconds, keep, cutSeconds } = value as Record<string, unknown>;
  return (
    Number.isFinite(counter) && isSeconds(startSeconds) && typeof keep === 'boolean' && isSeconds(cutSeconds)
  );
}

/** What becomes of a segment of the run: whether it is kept, and up to which media time, seconds (null: all of it). */
export function fateOf(note: RunNote, counter: number): Pick<NotedSegment, 'keep' | 'cutSeconds'> {
  const { recording, closed, cutSeconds } = note;
  const noted = note.waiting.find((segment) => segment.counter === counter);
  if (noted) return noted;
  if (counter < closed) return { keep: recording || note.version > 1, cutSeconds: null };
  if (recording) return { keep: true, cutSeconds: null };
  const isCut = counter === closed && cutSeconds !== null;
  return { keep: isCut, cutSeconds: isCut ? cutSeconds : null };
}

/** Wall clock of a media time as the note knows it, microseconds. */
export function wallOfNote(note: RunNote, mediaSeconds: number): number {
  return Math.round(note.wallUs + (mediaSeconds - note.mediaSeconds) * 1e6);
}
