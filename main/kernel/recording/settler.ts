import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Clock, Timer } from '../../base/clock';
import { messageOf, VasError } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { StoreReads } from '../../store/types';
import type { MediaWorker } from '../media/mediaWorker';
import { systemCodeOf } from '../media/mediaWorker';
import type { Archive, Registration } from './archive';
import { segmentFileName } from './layout';
import type { HeldPiece } from './piece';
import type { Span } from './place';
import { footageEnd, freeStart, JITTER_US } from './place';
import type { RecordingRun } from './recordingRun';
import { firstPictureSeconds, isEmpty, NO_KNOWN_TIME, shownSeconds } from './recordingRun';
import type { NotedSegment } from './runNote';
import { SerialQueue } from './serialQueue';

export interface SettlerContext {
  readonly cameraId: string;
  readonly read: StoreReads;
  /** Reads files; apart from the one that waits for the disk to write. */
  readonly reader: MediaWorker;
  readonly worker: MediaWorker;
  readonly archive: Archive;
  readonly clock: Clock;
  readonly log: Logger;
  /** A closed segment needs no attention any more: registered, unusable, or gone from the buffer. */
  readonly settled: (run: RecordingRun, counter: number) => void;
}

export interface Unsettled extends NotedSegment {
  readonly run: RecordingRun;
  /** As FFmpeg lists it, seconds; null where FFmpeg did not say. */
  readonly endSeconds: number | null;
}

/** Waiting times between attempts, milliseconds; the last one repeats. */
const RETRY_MS = [1000, 2000, 5000, 10_000, 30_000, 60_000];

/** Finds out what closed segments of one camera hold and when, and hands them to archive or buffer, in order. */
export class Settler {
  readonly #context: SettlerContext;
  /** Closed segments that nobody knows anything of yet, oldest first. */
  readonly #unsettled: Unsettled[] = [];
  /** Attempts at the oldest of them that failed. */
  #attempts = 0;
  #failures = 0;
  #retry: Timer | null = null;
  #disposed = false;
  readonly #placing = new SerialQueue();
  readonly #registering = new SerialQueue();
  readonly #pieces = new Set<HeldPiece>();
  /** Where the newest segment was placed. Its row may be given up before the next one is placed. */
  #newest: Span | null = null;

  constructor(context: SettlerContext) {
    this.#context = context;
  }

  /** Closed segments without a row, oldest first. */
  get pieces(): HeldPiece[] {
    return [...this.#pieces].sort((a, b) => a.startUs - b.startUs);
  }

  /** Segments that are to be settled, and attempts at it that failed since the start. */
  get unsettled(): { count: number; failures: number } {
    return { count: this.#unsettled.length, failures: this.#failures };
  }

  forget(piece: HeldPiece): void {
    this.#pieces.delete(piece);
  }

  /** Resolves when every segment that was added is among the pieces, has a row, is unusable, or is tried later. */
  placed(): Promise<void> {
    return this.#placing.idle();
  }

  /** Resolves when registering has been tried once for every segment that was added. */
  async tried(): Promise<void> {
    await this.#placing.idle();
    await this.#registering.idle();
  }

  exclusively<T>(task: () => Promise<T>): Promise<T> {
    return this.#registering.run(task);
  }

  add(segment: Unsettled): void {
    this.#unsettled.push(segment);
    void this.#placing.run(() => this.#settleAll());
  }

  /** What is not settled stays where it is; the next start finds it by its note. */
  dispose(): void {
    this.#disposed = true;
    this.#retry?.cancel();
    this.#retry = null;
  }

  /**
   * In order, since each finds its place behind the one before. What fails is tried again; a file that fails again
   * and again by its own fault is left alone, so that those behind it go on.
   */
  async #settleAll(): Promise<void> {
    // While the oldest waits to be tried again, those behind it wait, too.
    if (this.#retry) return;
    for (let [segment] = this.#unsettled; segment && !this.#disposed; [segment] = this.#unsettled) {
      const file = path.join(segment.run.folder, segmentFileName(segment.run.start.runId, segment.counter));
      try {
        await this.#settle(segment, file);
      } catch (error) {
        this.#failures++;
        const isLeft = this.#attempts >= RETRY_MS.length && isOfFile(error);
        const facts = { file, attempt: this.#attempts, reason: messageOf(error) };
        this.#context.log.error(facts, `a segment could not be settled${isLeft ? '; it is left alone' : ''}`);
        if (!isLeft) return this.#tryLater();
      }
      this.#unsettled.shift();
      this.#attempts = 0;
    }
  }

  #tryLater(): void {
    if (this.#disposed) return;
    const delay = RETRY_MS[Math.min(this.#attempts++, RETRY_MS.length - 1)] ?? 60_000;
    this.#retry = this.#context.clock.after(delay, () => {
      this.#retry = null;
      void this.#placing.run(() => this.#settleAll());
    });
  }

  /** Finds out where the file being written stands in time. The clock is not asked about the future. */
  async placeOpen(run: RecordingRun, fromSeconds: number, seconds: number): Promise<void> {
    const startUs = run.instantOf(fromSeconds);
    await this.#start(run, { startUs, endUs: startUs + seconds * 1e6 });
  }

  async #place(run: RecordingRun, fromSeconds: number, seconds: number): Promise<Span> {
    const until = fromSeconds + seconds;
    const wanted = { startUs: run.instantOf(fromSeconds), endUs: run.instantOf(until) };
    const startUs = await this.#start(run, wanted);
    this.#newest = { startUs, endUs: footageEnd(startUs, run.instantOf(until), seconds) };
    return this.#newest;
  }

  /**
   * Footage of a time that is recorded already (the system clock was set back) goes behind everything, and so
   * does the rest of its run. What was placed last counts even when retention has given it up since: copies of it
   * say when it was.
   */
  async #start(run: RecordingRun, wanted: Span): Promise<number> {
    const { read, cameraId, log } = this.#context;
    const taken = this.#newest === null ? this.pieces : [...this.pieces, this.#newest];
    const startUs = await freeStart(read, cameraId, wanted, taken);
    const shiftUs = startUs - wanted.startUs;
    if (shiftUs > JITTER_US) {
      run.shiftUs += shiftUs;
      log.warn({ shiftUs }, 'the clock was set back into recorded time; footage goes behind what is there');
    }
    run.placed = true;
    return startUs;
  }

  async #settle(segment: Unsettled, file: string): Promise<void> {
    const { reader, archive, log, cameraId, clock } = this.#context;
    const { run, counter, cutSeconds } = segment;
    const done = (): void => this.#context.settled(run, counter);
    let facts = await reader.run('examine', file, 0);
    let shown = shownSeconds(facts);
    if (!shown) {
      if (isEmpty(facts)) await this.#removeEmpty(file);
      else await archive.quarantine(file, facts.tail ?? 'no pictures');
      done();
      return;
    }
    const listed = segment.startSeconds ?? run.settledUntilSeconds;
    // A file that was not closed as it should be may end before the listed end.
    const endSeconds = facts.tail === null ? segment.endSeconds : null;
    const from = firstPictureSeconds(counter, listed, shown.first, endSeconds, shown.seconds);
    const trueUntil = run.trueUntil(from + shown.seconds);
    if (trueUntil !== null) {
      const until = Math.min(trueUntil, cutSeconds ?? trueUntil);
      facts = await reader.run('examineBefore', file, until - from);
      shown = shownSeconds(facts);
      if (!shown) {
        await archive.quarantine(file, NO_KNOWN_TIME);
        done();
        return;
      }
    } else if (cutSeconds !== null) {
      facts = await reader.run('examineUntil', file, cutSeconds - from);
      shown = shownSeconds(facts);
    }
    if (!shown || !facts.video) {
      await this.#removeEmpty(file);
      done();
      return;
    }
    if (facts.tail !== null) log.warn({ file, tail: facts.tail }, 'an unfinished fragment was left out');
    const span = await this.#place(run, from, shown.seconds);
    run.settledUntilSeconds = from + shown.seconds;
    const { codec, width, height } = facts.video;
    const id = randomUUID();
    const registration: Registration = {
      file,
      row: {
        ...{ id, cameraId, runId: run.start.runId, ...span },
        ...{ videoCodec: codec, audioCodec: facts.audio?.codec ?? null, width, height },
      },
      truncateTo: facts.wholeEnd < facts.bytes ? facts.wholeEnd : null,
      inTurn: (attempt) => this.#registering.run(attempt),
      done: () => {
        this.#pieces.delete(piece);
        done();
      },
    };
    const piece: HeldPiece = {
      ...{ segmentId: id, ...span, videoCodec: codec, buffered: !segment.keep },
      closedAtUs: clock.monotonicUs(),
      file: () => registration.file,
      removed: done,
    };
    this.#pieces.add(piece);
    if (segment.keep) void this.#registering.run(() => archive.register(registration));
  }

  /** Nothing was taken that should be kept. */
  async #removeEmpty(file: string): Promise<void> {
    await this.#context.worker.run('removeDurably', [file], null);
    this.#context.log.info({ file }, 'a file without content to keep was removed');
  }
}

/** Whether it is the file's fault, and not that of an index that is busy or of a thread that died. */
function isOfFile(error: unknown): boolean {
  if (!(error instanceof VasError)) return true;
  if (error.kind === 'timeout') return false;
  const code = systemCodeOf(error);
  return error.kind !== 'unavailable' || (code !== null && !code.startsWith('SQLITE_'));
}
