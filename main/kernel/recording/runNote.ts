import path from 'node:path';
import type { MediaWorker } from '../media/mediaWorker';
import { noteFileName } from './layout';

/** What is known about a run, kept beside its files so that a crash does not lose when they were taken. */
export interface RunNote {
  readonly runId: string;
  readonly cameraId: string;
  /** Segments of this run are kept. */
  readonly recording: boolean;
  /** One point of the run's clock: media time in seconds, and its wall clock in microseconds. */
  readonly mediaSeconds: number;
  readonly wallUs: number;
  /** Media times beyond are not those of pictures, seconds; null or absent: all are. */
  readonly trueUntilSeconds?: number | null;
  /** Number of closed segments, and the media time at which the open one begins, seconds. */
  readonly closed: number;
  readonly openFromSeconds: number;
  /** Media times of closed segments that are not registered yet: `[counter, start]`. */
  readonly waiting: readonly (readonly [counter: number, startSeconds: number])[];
}

export async function writeRunNote(worker: MediaWorker, folder: string, note: RunNote): Promise<void> {
  const text = JSON.stringify({ version: 1, ...note });
  await worker.run('writeDurably', path.join(folder, noteFileName(note.runId)), Buffer.from(text));
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
    const value = JSON.parse(text) as unknown;
    return isRunNote(value) ? value : null;
  } catch {
    return null;
  }
}

function isRunNote(value: unknown): value is RunNote {
  if (typeof value !== 'object' || value === null) return false;
  const note = value as Record<string, unknown>;
  return (
    note['version'] === 1 &&
    typeof note['runId'] === 'string' &&
    typeof note['cameraId'] === 'string' &&
    typeof note['recording'] === 'boolean' &&
    [note['mediaSeconds'], note['wallUs'], note['closed'], note['openFromSeconds']].every(Number.isFinite) &&
    (note['trueUntilSeconds'] == null || Number.isFinite(note['trueUntilSeconds'])) &&
    Array.isArray(note['waiting']) &&
    note['waiting'].every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every(Number.isFinite))
  );
}

/** Wall clock of a media time as the note knows it, microseconds. */
export function wallOfNote(note: RunNote, mediaSeconds: number): number {
  return Math.round(note.wallUs + (mediaSeconds - note.mediaSeconds) * 1e6);
}
