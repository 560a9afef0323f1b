import path from 'node:path';
import type { Clock } from '../../base/clock';
import { messageOf } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { StoreReads } from '../../store/types';
import type { MediaWorker } from '../media/mediaWorker';
import type { ClosedSegment } from '../streams';
import type { Archive } from './archive';
import type { Holds } from './holds';
import { noteFileName, parseSegmentFileName } from './layout';
import type { HeldPiece } from './piece';
import type { RecordingRun } from './recordingRun';
import { writeRunNote } from './runNote';
import { Settler } from './settler';
import type { RecordingSettings } from './settings';

export interface RecorderContext {
  readonly read: StoreReads;
  /** Reads files; apart from the one that waits for the disk to write. */
  readonly reader: MediaWorker;
  readonly worker: MediaWorker;
  readonly archive: Archive;
  readonly holds: Holds;
  readonly clock: Clock;
  readonly log: Logger;
  readonly settings: RecordingSettings;
}

/** A run's note follows its clock when it has moved by this, microseconds. */
const NOTE_PRECISION_US = 20_000;

/** Recording of one camera: which runs it has, and whether their segments are kept. */
export class CameraRecorder {
  readonly cameraId: string;
  readonly #context: RecorderContext;
  readonly #log: Logger;
  readonly #settler: Settler;
  readonly #runs = new Map<string, RecordingRun>();
  #recording: boolean;

  constructor(cameraId: string, recording: boolean, context: RecorderContext) {
    this.cameraId = cameraId;
    this.#recording = recording;
    this.#context = context;
    this.#log = context.log.child({ camera: cameraId });
    this.#settler = new Settler({
      ...context,
      cameraId,
      log: this.#log,
      settled: (run, counter) => this.#settled(run, counter),
    });
  }

  get recording(): boolean {
    return this.#recording;
  }

  /** The run that FFmpeg is writing; null when the camera does not run. */
  get current(): RecordingRun | null {
    return [...this.#runs.values()].findLast((run) => !run.ended) ?? null;
  }

  /** Closed segments without a row, oldest first. */
  async pieces(): Promise<HeldPiece[]> {
    await this.#settler.placed();
    return this.#settler.pieces;
  }

  get bufferedCount(): number {
    return this.#settler.pieces.filter((piece) => piece.buffered).length;
  }

  /** Switched on, the open segment counts whole; switched off, it counts up to now. */
  setRecording(on: boolean): void {
    if (on === this.#recording) return;
    this.#recording = on;
    const run = this.current;
    if (run) run.cutSeconds = on ? null : run.mediaSecondsAt(this.#context.clock.monotonicUs());
    this.#log.info(on ? 'recording was switched on' : 'recording was switched off');
    for (const each of this.#runs.values()) this.#keepNote(each);
  }

  async open(run: RecordingRun): Promise<void> {
    this.#runs.set(run.start.runId, run);
    try {
      await writeRunNote(this.#context.worker, run.folder, run.note(this.#recording));
    } catch (error) {
      this.#runs.delete(run.start.runId);
      throw error;
    }
  }

  run(runId: string): RecordingRun | null {
    return this.#runs.get(runId) ?? null;
  }

  progress(run: RecordingRun, mediaSeconds: number): void {
    const isNew = run.trueUntilSeconds === null;
    if (run.trueUntil(mediaSeconds) !== null) {
      if (isNew) this.#strayed(run);
      return;
    }
    run.noteProgress(mediaSeconds, this.#context.clock.monotonicUs());
    const offsetUs = run.instantOf(mediaSeconds) - mediaSeconds * 1e6;
    if (run.notedOffsetUs !== null && Math.abs(offsetUs - run.notedOffsetUs) < NOTE_PRECISION_US) return;
    run.notedOffsetUs = offsetUs;
    this.#keepNote(run);
  }

  segmentClosed(run: RecordingRun, segment: ClosedSegment): void {
    const counter = run.close(segment);
    if (counter === null) {
      this.#log.warn({ file: segment.file }, 'a segment of no known run was reported');
      return;
    }
    this.#settle(run, counter, segment.startSeconds, segment.endSeconds);
    this.#keepNote(run);
  }

  /** What FFmpeg writes from here on is of no time. */
  #strayed(run: RecordingRun): void {
    this.#log.warn('the camera set its clock; the file being written ends with the last picture before that');
    this.#keepNote(run);
  }

  /** FFmpeg has ended: what it left unreported is settled too. Resolves when registering has been tried. */
  async closeRun(run: RecordingRun): Promise<void> {
    run.ended = true;
    for (const counter of await this.#unreported(run))
      this.#settle(run, counter, counter === run.closed ? run.openFromSeconds : null);
    await this.#settler.tried();
    this.#forgetIfSettled(run);
  }

  /** Counters of the files that FFmpeg left without a report. */
  async #unreported(run: RecordingRun): Promise<number[]> {
    try {
      const files = await this.#context.reader.run('listTree', run.folder);
      return files.flatMap(({ path: name }) => {
        const parsed = parseSegmentFileName(name);
        return parsed?.runId === run.start.runId && parsed.counter >= run.closed ? [parsed.counter] : [];
      });
    } catch (error) {
      // The one that was being written is there in most cases; settling it is tried again.
      this.#log.error({ reason: messageOf(error) }, 'files of a run that ended could not be listed');
      return [run.closed];
    }
  }

  /** Looks how far the file being written can be read, and where it stands in time. */
  async look(run: RecordingRun): Promise<void> {
    const counter = run.closed;
    await run.open.look();
    const from = run.openPictureSeconds();
    if (run.placed || from === null || run.closed !== counter) return;
    await this.#settler.placeOpen(run, from, this.#context.settings.segmentSeconds);
  }

  /** Removes buffered footage that ended longer ago than the buffer is long; everything with `all`. */
  async expireBuffer(all = false): Promise<void> {
    const { clock, settings, holds, worker } = this.#context;
    const oldestUs = clock.monotonicUs() - settings.bufferSeconds * 1e6;
    const old = this.#settler.pieces.filter(
      (piece) => piece.buffered && (all || piece.closedAtUs < oldestUs) && !holds.isHeld(piece.file()),
    );
    if (old.length === 0) return;
    for (const piece of old) this.#settler.forget(piece);
    const files = old.map((piece) => piece.file());
    const outcome = await worker.run('removeDurably', files, null);
    outcome.forEach((reason, index) => {
      if (reason === null) old[index]?.removed();
      else this.#log.warn({ file: files[index], reason }, 'buffered footage cannot be removed');
    });
  }

  /** Closed segments that wait to be settled, and attempts that failed since the start. */
  get unsettled(): { count: number; failures: number } {
    return this.#settler.unsettled;
  }

  /** The application ends: registering is tried for everything closed so far, and the buffer goes. */
  async dispose(): Promise<void> {
    await this.#settler.tried();
    this.#settler.dispose();
    await this.expireBuffer(true);
  }

  /** Runs a task while none of the camera's segments is being registered. */
  exclusively<T>(task: () => Promise<T>): Promise<T> {
    return this.#settler.exclusively(task);
  }

  #settle(
    run: RecordingRun,
    counter: number,
    startSeconds: number | null,
    endSeconds: number | null = null,
  ): void {
    const cutSeconds = this.#recording ? null : run.cutSeconds;
    run.cutSeconds = null;
    const segment = { counter, startSeconds, keep: this.#recording || cutSeconds !== null, cutSeconds };
    run.waiting.set(counter, segment);
    this.#settler.add({ run, endSeconds, ...segment });
  }

  #settled(run: RecordingRun, counter: number): void {
    run.waiting.delete(counter);
    this.#forgetIfSettled(run);
  }

  #forgetIfSettled(run: RecordingRun): void {
    if (!run.ended || run.waiting.size > 0 || !this.#runs.delete(run.start.runId)) return;
    const note = path.join(run.folder, noteFileName(run.start.runId));
    this.#context.worker
      .run('removeDurably', [note], null)
      .catch((error: unknown) => this.#log.warn({ reason: messageOf(error) }, 'a note stays behind'));
  }

  #keepNote(run: RecordingRun): void {
    if (!this.#runs.has(run.start.runId)) return;
    writeRunNote(this.#context.worker, run.folder, run.note(this.#recording)).catch((error: unknown) =>
      this.#log.warn({ reason: messageOf(error) }, 'the note about a run cannot be written'),
    );
  }
}
