import { randomUUID } from 'node:crypto';
import type { Clock } from '../../base/clock';
import { messageOf } from '../../base/errors';
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
import { RunClock } from './runClock';
import type { StorageGate } from './storageGate';
import type { StreamTime } from './streamTime';

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
  readonly gate: StorageGate;
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

  /** Prepares live listening; a failure costs nothing but that. @param audio null: without sound */
  async openAudio(audio: AudioInfo | null): Promise<void> {
    const { live, streamId, signal, log } = this.#context;
    // The sub-stream has none of its own: listeners get the main stream's.
    if (roleOf(streamId) !== 'main') return;
    try {
      const target = await untilAborted(live.prepareAudio(streamId, audio), signal);
      if (target) this.#liveAudio = target;
    } catch (error) {
      log.warn({ reason: messageOf(error) }, 'live sound could not be prepared');
    }
  }

  async close(): Promise<void> {
    const { live, frames, streamId, timeline } = this.#context;
    live.ended(streamId);
    frames?.ended(streamId);
    await this.#closeRecording();
    timeline.floorUs = Math.max(timeline.floorUs, this.runClock.endUs());
  }

  /** Whether an output that could not be had at the start can be had now; then a new run can have it. */
  async repaired(): Promise<boolean> {
    if (this.#repairing) return false;
    const { gate, live, streamId, info, clock, timeline, recording, signal } = this.#context;
    this.#repairing = true;
    try {
      if (this.#liveFault) {
        await live.prepare(streamId, info);
        return true;
      }
      if (!gate.fault || !gate.open || signal.aborted) return false;
      const runId = randomUUID();
      await this.#openRun(runId, new RunClock(clock, timeline.time, this.runClock.endUs()));
      await recording.closeRun(runId);
      return true;
    } catch (error) {
      if (!this.#liveFault) gate.failed(messageOf(error));
      return false;
    } finally {
      this.#repairing = false;
    }
  }

  /** Live view that cannot be prepared never keeps the recording from running. */
  async #prepareLive(): Promise<void> {
    const { live, streamId, info, signal, log } = this.#context;
    try {
      const target = await untilAborted(live.prepare(streamId, info), signal);
      if (target) this.#live = target;
    } catch (error) {
      log.error({ err: error }, 'live view could not be prepared; the stream runs without it');
      this.#liveFault = { code: 'internal', detail: `Live view is not available: ${messageOf(error)}` };
    }
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
    const { gate, info, streamId, signal, log, recording } = this.#context;
    if (roleOf(streamId) !== 'main') return;
    if (!canRecord(info.video)) {
      const detail = `Video of the kind ${info.video.codec} cannot be recorded.`;
      this.#recordingFault = { code: 'unsupported', detail };
      return;
    }
    if (gate.open) {
      try {
        const target = await untilAborted(this.#openRun(this.runId, this.runClock), signal, () => {
          void recording.closeRun(this.runId).catch((error: unknown) => this.#logCloseFailure(error));
        });
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

  #openRun(runId: string, clock: RunClock): Promise<RecordingTarget> {
    const { recording, streamId, info } = this.#context;
    return recording.openRun({ runId, streamId, cameraId: cameraIdOf(streamId), info, clock });
  }

  async #closeRecording(): Promise<void> {
    if (!this.#recording) return;
    const { recording, clock, log } = this.#context;
    const patience = new AbortController();
    const timer = clock.after(CLOSE_MS, () => patience.abort());
    try {
      const closed = recording.closeRun(this.runId).then(() => true);
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
