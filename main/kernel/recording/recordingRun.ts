import path from 'node:path';
import type { FileFacts } from '../media/fmp4/facts';
import type { MediaWorker } from '../media/mediaWorker';
import type { ClosedSegment, RunStart } from '../streams';
import type { StorageFolder } from './folders/storageFolders';
import { GrowingFile } from './growingFile';
import { parseSegmentFileName, segmentFileName } from './layout';
import type { NotedSegment, RunNote } from './runNote';

/** One life of a camera's ingest, as recording sees it. */
export class RecordingRun {
  readonly start: RunStart;
  readonly folder: string;
  /** The storage folder that `folder` lies in. */
  readonly storage: StorageFolder;
  readonly #worker: MediaWorker;
  /** Closed segments that are not in the archive (yet), those of the buffer included, by counter. */
  readonly waiting = new Map<number, NotedSegment>();
  /** Added to the run's clock where the camera has footage of that time already, microseconds. */
  shiftUs = 0;
  /** Recording was switched off at this media time while the open segment was written, seconds. */
  cutSeconds: number | null = null;
  ended = false;
  /** Wall clock of media time 0 when the note was written last, microseconds. */
  notedOffsetUs: number | null = null;
  /** `shiftUs` has been found out. */
  placed = false;
  /** Media times beyond are of no time, seconds: the camera set its clock. Null as long as all are believed. */
  trueUntilSeconds: number | null = null;
  /** Media time at which the last settled segment ends, seconds. */
  settledUntilSeconds = 0;
  #closed = 0;
  #openFromSeconds = 0;
  #progress: { readonly mediaSeconds: number; readonly atUs: number } | null = null;
  #open: GrowingFile;

  constructor(start: RunStart, folder: string, storage: StorageFolder, worker: MediaWorker) {
    this.start = start;
    this.folder = folder;
    this.storage = storage;
    this.#worker = worker;
    this.#open = this.#openFile();
  }

  /** The file being written. */
  get open(): GrowingFile {
    return this.#open;
  }

  /** Number of segments that FFmpeg has closed. */
  get closed(): number {
    return this.#closed;
  }

  get openFromSeconds(): number {
    return this.#openFromSeconds;
  }

  /** Where the media times end that can be believed, seconds; null when this one can. */
  trueUntil(mediaSeconds: number): number | null {
    this.trueUntilSeconds ??= this.start.clock.trueUntil?.(mediaSeconds) ?? null;
    return this.trueUntilSeconds !== null && mediaSeconds > this.trueUntilSeconds
      ? this.trueUntilSeconds
      : null;
  }

  /** Instant of a media time on the camera's time line, microseconds. */
  instantOf(mediaSeconds: number): number {
    return Math.round(this.start.clock.wallUsAt(mediaSeconds)) + this.shiftUs;
  }

  /** Media time at which the open file's first picture is shown, seconds; null before there is one. */
  openPictureSeconds(): number | null {
    const first = this.#open.firstSeconds;
    return first === null ? null : firstPictureSeconds(this.#closed, this.#openFromSeconds, first);
  }

  /** Whether FFmpeg has reported: before that the run's clock only knows when the run was opened. */
  get hasProgress(): boolean {
    return this.#progress !== null;
  }

  /** @param atUs monotonic clock, microseconds */
  noteProgress(mediaSeconds: number, atUs: number): void {
    this.#progress = { mediaSeconds, atUs };
  }

  /** Media time that is being taken now, seconds; null before any was. @param atUs monotonic clock */
  mediaSecondsAt(atUs: number): number | null {
    const progress = this.#progress;
    return progress && progress.mediaSeconds + (atUs - progress.atUs) / 1e6;
  }

  /** The present as the run's clock has it, microseconds; null before any progress. @param atUs monotonic clock */
  presentAt(atUs: number): number | null {
    const progress = this.#progress;
    // The clock is asked about what it has seen, not about the future.
    return progress && this.instantOf(progress.mediaSeconds) + (atUs - progress.atUs);
  }

  /** Media time that has certainly been written to the file; null before any was. */
  writtenSeconds(fragmentSeconds: number): number | null {
    const progress = this.#progress;
    return progress && Math.max(this.#openFromSeconds, progress.mediaSeconds - 2 * fragmentSeconds);
  }

  /** Takes note that FFmpeg went on to the next file. @returns the counter of the closed one, null if it is not ours */
  close(segment: ClosedSegment): number | null {
    const name = parseSegmentFileName(path.basename(segment.file));
    if (name?.runId !== this.start.runId || name.counter < this.#closed) return null;
    this.#closed = name.counter + 1;
    this.#openFromSeconds = segment.endSeconds;
    this.#open = this.#openFile();
    return name.counter;
  }

  note(recording: boolean): RunNote {
    const mediaSeconds = this.#progress?.mediaSeconds ?? this.#openFromSeconds;
    return {
      version: 2,
      runId: this.start.runId,
      cameraId: this.start.cameraId,
      recording,
      mediaSeconds,
      wallUs: this.instantOf(mediaSeconds),
      trueUntilSeconds: this.trueUntilSeconds,
      closed: this.#closed,
      openFromSeconds: this.#openFromSeconds,
      cutSeconds: this.cutSeconds,
      waiting: [...this.waiting.values()],
    };
  }

  #openFile(): GrowingFile {
    return new GrowingFile(
      path.join(this.folder, segmentFileName(this.start.runId, this.#closed)),
      this.#worker,
    );
  }
}

/** Why a file is quarantined that was begun after the camera had set its clock. */
export const NO_KNOWN_TIME = 'no picture of a known time: the camera set its clock';

/** The first picture of a run can be this much later than the first packet, seconds: up to one GOP is left out. */
const LONGEST_LEFT_OUT = 20;

/**
 * Media time at which a segment's first picture is shown. FFmpeg lists a segment's start as that of its
 * first picture, except for the first segment of a run, which it lists as starting at 0: the packets before the
 * first key frame are left out, and the file's own time line, which begins with the run, tells by how much. Files of
 * earlier versions begin with their first packet; of those the end is right, so the start is told from there.
 * @param firstSeconds presentation time of the first picture on the file's own time line
 * @param listedEnd as FFmpeg lists it; null where it did not say
 * @param shownFor how long the file's pictures are shown, seconds
 */
export function firstPictureSeconds(
  counter: number,
  listedStart: number,
  firstSeconds: number,
  listedEnd: number | null = null,
  shownFor = 0,
): number {
  if (counter !== 0) return listedStart;
  const first = listedStart + firstSeconds;
  const byEnd = listedEnd === null ? first : listedEnd - shownFor;
  return byEnd > first && byEnd - first < LONGEST_LEFT_OUT ? byEnd : first;
}

/** Seconds from a file's first picture to the end of its last; null when it shows nothing. */
export function shownSeconds(facts: FileFacts): { first: number; seconds: number } | null {
  const { video } = facts;
  if (video?.firstPts == null || video.endPts <= video.firstPts) return null;
  return {
    first: video.firstPts / video.timescale,
    seconds: (video.endPts - video.firstPts) / video.timescale,
  };
}

/** Whether FFmpeg had created the file but written nothing into it that was ever taken. */
export function isEmpty(facts: FileFacts): boolean {
  return facts.video === null && facts.audio === null && facts.wholeEnd === facts.bytes;
}
