import { randomUUID } from 'node:crypto';
import type { Clock } from '../../base/clock';
import { messageOf, VasError } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type {
  AudioInfo,
  FrameSink,
  HandoverTarget,
  LiveAudioTarget,
  LiveSink,
  LiveTarget,
  RecordingSink,
  StreamFault,
  StreamId,
  StreamInfo,
} from '../streams';
import { cameraIdOf, roleOf } from '../streams';
import { untilAborted } from './abortable';
import { canRecord, type RecordingTarget } from './ffmpegArgs';
import type { OutputGate } from './outputGate';
import { RunClock } from './runClock';
import type { StreamTime } from './streamTime';

/** How long the folder for recordings may hold the start of a run, and so live view, up, milliseconds. */
const OPEN_MS = 5000;
/** How long registering the last segment may hold the next run up, milliseconds. */
const CLOSE_MS = 5000;

/** A disk that did not keep up is spoken of this long, microseconds. */
const OVERFLOW_US = 60_000_000;
const SLOW_DISK: StreamFault = {
  code: 'storage',
  detail: 'The disk does not keep up; some footage is not recorded.',
};

/** The time of a stream over all its runs. */
export interface Timeline {
  readonly time: StreamTime;
  /** End of the last run, wall clock of the stream, microseconds: the next begins no earlier. */
  floorUs: number;
}

export interface OutputsContext {
  readonly streamId: StreamId;
  readonly info: StreamInfo;
  readonly clock: Clock;
  readonly log: Logger;
  readonly live: LiveSink;
  readonly recording: RecordingSink;
  /** Absent while the flag is off. */
  readonly frames?: FrameSink | undefined;
  /** Of the recording. */
  readonly gate: OutputGate;
  readonly liveGate: OutputGate;
  readonly timeline: Timeline;
  /** Fires when the stream is to stop or to start anew. */
  readonly signal: AbortSignal;
}

/** Where one run's packets go. Either output may be missing without the other noticing. */
export class RunOutputs {
  readonly runId = randomUUID();
  readonly runClock: RunClock;
  readonly #context: OutputsContext;
  #live: LiveTarget = { mode: 'none', reason: 'not prepared' };
  #liveAudio: LiveAudioTarget = { mode: 'none', reason: 'not prepared' };
  #liveFault: StreamFault | null = null;
  #frames: HandoverTarget | null = null;
  #recording: RecordingTarget | null = null;
  #recordingFault: StreamFault | null = null;
  #repairing = false;
  /** The folder for recordings was asked for room and has not answered yet, however long ago. */
  #unanswered = false;
  #closed = false;
  #overflowUs = -Infinity;

  constructor(context: OutputsContext) {
    this.#context = context;
    this.runClock = new RunClock(context.clock, context.timeline.time, context.timeline.floorUs);
  }

  get live(): LiveTarget {
    return this.#live;
  }

  /** Where packets for the frame export go; null without. */
  get frames(): HandoverTarget | null {
    return this.#frames;
  }

  get liveAudio(): LiveAudioTarget {
    return this.#liveAudio;
  }

  get recording(): RecordingTarget | null {
    return this.#recording;
  }

  /** What is missing; null when nothing is. */
  get fault(): StreamFault | null {
    const slow = this.#context.clock.monotonicUs() - this.#overflowUs < OVERFLOW_US;
    return this.#recordingFault ?? this.#liveFault ?? (slow ? SLOW_DISK : null);
  }

  /** Footage was dropped because the disk did not keep up. */
  overflowed(): void {
    this.#overflowUs = this.#context.clock.monotonicUs();
  }

  async open(): Promise<void> {
    await this.#prepareLive();
    this.#prepareFrames();
    if (!this.#context.signal.aborted) await this.#openRecording();
  }

  /**
   * Prepares live listening; a failure costs nothing but that.
   * @param audio null: the camera has none
   * @param leftOut why it is left out of this run
   */
  async openAudio(audio: AudioInfo | null, leftOut?: string): Promise<void> {
    const { live, streamId, signal, log } = this.#context;
    // The sub-stream has none of its own: listeners get the main stream's.
    if (roleOf(streamId) !== 'main') return;
    try {
      const target = await untilAborted(live.prepareAudio(streamId, audio, leftOut), signal);
      if (target && audio && leftOut === undefined) this.#liveAudio = target;
    } catch (error) {
      log.warn({ reason: messageOf(error) }, 'live sound could not be prepared');
    }
  }

  async close(): Promise<void> {
    const { live, frames, streamId, timeline } = this.#context;
    this.#closed = true;
    live.ended(streamId);
    frames?.ended(streamId);
    if (this.#recording) await this.#closeRun(this.runId);
    timeline.floorUs = Math.max(timeline.floorUs, this.runClock.endUs());
  }

  /** Whether an output that could not be had at the start can be had now; then a new run can have it. */
  async repaired(): Promise<boolean> {
    if (this.#repairing) return false;
    this.#repairing = true;
    try {
      // Live view that stays away must not keep the recording from coming back.
      return (await this.#recordingIsBack()) || (await this.#liveIsBack());
    } finally {
      this.#repairing = false;
    }
  }

  get #isOver(): boolean {
    return this.#closed || this.#context.signal.aborted;
  }

  async #recordingIsBack(): Promise<boolean> {
    const { gate, clock, timeline } = this.#context;
    if (!gate.fault || !gate.open || this.#unanswered || this.#isOver) return false;
    const runId = randomUUID();
    try {
      const after = new RunClock(clock, timeline.time, this.runClock.endUs());
      if (!(await this.#openRun(runId, after))) return false;
      await this.#closeRun(runId);
      gate.succeeded();
      return true;
    } catch (error) {
      gate.failed(messageOf(error));
      return false;
    }
  }

  async #liveIsBack(): Promise<boolean> {
    const { live, liveGate, streamId, info } = this.#context;
    if (!liveGate.fault || !liveGate.open || this.#isOver) return false;
    try {
      await live.prepare(streamId, info);
      liveGate.succeeded();
      return true;
    } catch (error) {
      liveGate.failed(liveFailure(error));
      return false;
    }
  }

  /** Live view that cannot be prepared never keeps the recording from running. */
  async #prepareLive(): Promise<void> {
    const { live, liveGate, streamId, info, signal, log } = this.#context;
    if (liveGate.open) {
      try {
        const target = await untilAborted(live.prepare(streamId, info), signal);
        if (!target) return;
        this.#live = target;
        liveGate.succeeded();
      } catch (error) {
        log.warn({ reason: messageOf(error) }, 'live view could not be prepared; the stream runs without it');
        liveGate.failed(liveFailure(error));
      }
    }
    this.#liveFault = liveGate.fault;
  }

  /** Frames that cannot be had keep nothing from running. */
  #prepareFrames(): void {
    const { frames, streamId, info, log } = this.#context;
    try {
      this.#frames = frames?.prepare({ streamId, info, clock: this.runClock }) ?? null;
    } catch (error) {
      log.error({ reason: messageOf(error) }, 'frames cannot be exported; the stream runs without them');
    }
  }

  async #openRecording(): Promise<void> {
    const { gate, info, streamId, log } = this.#context;
    if (roleOf(streamId) !== 'main') return;
    if (!canRecord(info.video)) {
      const detail = `Video of the kind ${info.video.codec} cannot be recorded.`;
      this.#recordingFault = { code: 'unsupported', detail };
      return;
    }
    if (gate.open) {
      try {
        const target = await this.#openRun(this.runId, this.runClock);
        if (!target) return;
        this.#recording = target;
        gate.succeeded();
      } catch (error) {
        log.error({ reason: messageOf(error) }, 'the recording could not be opened; live view goes on');
        gate.failed(messageOf(error));
      }
    }
    this.#recordingFault = gate.fault;
  }

  /**
   * @returns null when the stream is to stop or to start anew
   * @throws VasError when there can be no recording; timeout when a disk that hangs does not say so
   */
  async #openRun(runId: string, runClock: RunClock): Promise<RecordingTarget | null> {
    const { recording, streamId, info, clock, signal } = this.#context;
    const patience = new AbortController();
    const timer = clock.after(OPEN_MS, () => patience.abort());
    this.#unanswered = true;
    const opening = recording
      .openRun({ runId, streamId, cameraId: cameraIdOf(streamId), info, clock: runClock })
      .finally(() => (this.#unanswered = false));
    try {
      const target = await untilAborted(opening, AbortSignal.any([signal, patience.signal]), () => {
        void recording.closeRun(runId).catch((error: unknown) => this.#logCloseFailure(error));
      });
      if (target !== null || signal.aborted) return target;
    } finally {
      timer.cancel();
    }
    throw new VasError(
      'timeout',
      `The folder for recordings did not answer within ${OPEN_MS / 1000} seconds.`,
    );
  }

  async #closeRun(runId: string): Promise<void> {
    const { recording, clock, log } = this.#context;
    const patience = new AbortController();
    const timer = clock.after(CLOSE_MS, () => patience.abort());
    try {
      const closed = recording.closeRun(runId).then(() => true);
      if ((await untilAborted(closed, patience.signal)) === null)
        log.error('registering the last segment takes too long; the stream goes on');
    } catch (error) {
      this.#logCloseFailure(error);
    } finally {
      timer.cancel();
    }
  }

  #logCloseFailure(error: unknown): void {
    this.#context.log.error({ err: error }, 'the recording could not be closed');
  }
}

const liveFailure = (error: unknown): string => `Live view is not available: ${messageOf(error)}`;
