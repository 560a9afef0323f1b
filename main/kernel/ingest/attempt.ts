import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Clock } from '../../base/clock';
import { messageOf } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type {
  LiveSink,
  LiveTarget,
  RecordingSink,
  StreamEndpoint,
  StreamFault,
  StreamId,
  StreamInfo,
} from '../streams';
import { cameraIdOf, roleOf } from '../streams';
import { untilAborted } from './abortable';
import { planAudio, type AudioPlan } from './audioPlan';
import { blamesAudio, classifyOpenFailure, isStorageFailure, lastWords } from './faults';
import { canRecord, type RecordingTarget } from './ffmpegArgs';
import { changesIn, type InputReport } from './inputReport';
import { Liveness, type LivenessLimits } from './liveness';
import { RunClock } from './runClock';
import { SOCKET_TIMEOUT_MS, type IngestRun, type Runner } from './runner';
import { RETRY_MS, type StorageGate } from './storageGate';
import type { StreamTime } from './streamTime';

/** How long FFmpeg may take to end by itself once it is given up, milliseconds. */
const GIVE_UP_MS = 500;
/** How long it may take to finish its files when nothing is wrong, milliseconds. */
const FINISH_MS = 1000;
/** How long registering the last segment may hold the next run up, milliseconds. */
const CLOSE_MS = 5000;
/** Arrivals this far from what their time stamps say end a run, seconds. */
const DIVERGED_SECONDS = 10;

/** The time of a stream over all its runs. */
export interface Timeline {
  readonly time: StreamTime;
  /** End of the last run, wall clock of the stream, microseconds: the next begins no earlier. */
  floorUs: number;
}

export interface AttemptContext {
  readonly streamId: StreamId;
  readonly endpoint: StreamEndpoint;
  readonly info: StreamInfo;
  /** False: the sound made trouble lately. */
  readonly withAudio: boolean;
  /** Whether this report of the input is a change that calls for a new probe. */
  readonly isChange: (report: InputReport, changes: readonly string[]) => boolean;
  readonly limits: LivenessLimits;
  readonly clock: Clock;
  readonly log: Logger;
  readonly runner: Runner;
  readonly live: LiveSink;
  readonly recording: RecordingSink;
  readonly gate: StorageGate;
  readonly timeline: Timeline;
  /** Fires when the stream is to stop or to start anew. */
  readonly signal: AbortSignal;
  readonly onStarted: (pid: number | null) => void;
  /** @param fault what is missing although it runs, e.g. recording */
  readonly onRunning: (fault: StreamFault | null) => void;
  readonly onStalled: (fault: StreamFault) => void;
}

export type AttemptEnd =
  /** Start anew at once: somebody asked for it, or something that was missing is back. */
  | { readonly kind: 'again'; readonly reason: string }
  /** The camera sends something else than before: look at it anew, at once. */
  | { readonly kind: 'changed'; readonly changes: readonly string[] }
  | {
      readonly kind: 'fault';
      readonly fault: StreamFault;
      /** Milliseconds that it ran; null when it never did. */
      readonly ranMs: number | null;
      readonly blamesAudio: boolean;
    };

type Cause =
  | { readonly kind: 'ended' | 'aborted' | 'repaired' }
  | { readonly kind: 'lost'; readonly fault: StreamFault }
  | { readonly kind: 'changed'; readonly changes: readonly string[] };

/** One attempt to run a stream's ingest: from preparing its outputs to the last registered segment. */
export class Attempt {
  readonly #context: AttemptContext;
  readonly #runId = randomUUID();
  readonly #runClock: RunClock;
  #liveTarget: LiveTarget = { mode: 'none', reason: 'not prepared' };
  #liveFault: StreamFault | null = null;
  #recordingTarget: RecordingTarget | null = null;
  #recordingFault: StreamFault | null = null;
  #reported = false;
  #runningSinceUs: number | null = null;

  constructor(context: AttemptContext) {
    this.#context = context;
    this.#runClock = new RunClock(context.clock, context.timeline.time, context.timeline.floorUs);
  }

  async run(): Promise<AttemptEnd> {
    const { signal, live, streamId } = this.#context;
    try {
      await this.#prepareLive();
      if (!signal.aborted) await this.#openRecording();
      if (signal.aborted) return { kind: 'again', reason: 'asked for' };
      return await this.#runFfmpeg();
    } finally {
      live.ended(streamId);
      await this.#closeRecording();
      this.#context.timeline.floorUs = Math.max(this.#context.timeline.floorUs, this.#runClock.endUs());
    }
  }

  /** Live view that cannot be prepared never keeps the recording from running. */
  async #prepareLive(): Promise<void> {
    const { live, streamId, info, signal, log } = this.#context;
    try {
      const target = await untilAborted(live.prepare(streamId, info), signal);
      if (target) this.#liveTarget = target;
    } catch (error) {
      log.error({ err: error }, 'live view could not be prepared; the stream runs without it');
      this.#liveFault = { code: 'internal', detail: `Live view is not available: ${messageOf(error)}` };
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
        const target = await untilAborted(this.#open(this.#runId, this.#runClock), signal, () => {
          void recording.closeRun(this.#runId).catch((error: unknown) => this.#logCloseFailure(error));
        });
        if (!target) return;
        this.#recordingTarget = target;
        gate.succeeded();
      } catch (error) {
        log.error({ reason: messageOf(error) }, 'the recording could not be opened; live view goes on');
        gate.failed(messageOf(error));
      }
    }
    this.#recordingFault = gate.fault;
  }

  #open(runId: string, clock: RunClock): Promise<RecordingTarget> {
    const { recording, streamId, info } = this.#context;
    return recording.openRun({ runId, streamId, cameraId: cameraIdOf(streamId), info, clock });
  }

  #audio(): { plan: AudioPlan; ask: boolean } {
    const { info, withAudio } = this.#context;
    if (!this.#recordingTarget) return { plan: { mode: 'none', reason: 'It is not recorded.' }, ask: false };
    if (!withAudio) return { plan: { mode: 'none', reason: 'The sound made trouble.' }, ask: false };
    const plan = planAudio(info.audio);
    // A camera without sound is asked all the same, so that sound that it gets later is noticed.
    return { plan, ask: info.audio === null || plan.mode !== 'none' };
  }

  async #runFfmpeg(): Promise<AttemptEnd> {
    const { clock, signal, streamId, endpoint, info, runner, recording, live, limits } = this.#context;
    const audio = this.#audio();
    const startUs = clock.monotonicUs();
    let decide: (cause: Cause) => void = () => undefined;
    const decided = new Promise<Cause>((resolve) => (decide = resolve));

    const liveness = new Liveness(clock, limits, {
      onRunning: () => {
        this.#runningSinceUs = clock.monotonicUs();
        live.running(streamId);
        this.#context.onRunning(this.#recordingFault ?? this.#liveFault);
      },
      onLost: (why) => decide({ kind: 'lost', fault: lostFault(why, limits) }),
    });
    const run = runner(
      endpoint,
      {
        video: info.video,
        audio: audio.plan,
        askAudio: audio.ask,
        live: this.#liveTarget,
        recording: this.#recordingTarget,
      },
      {
        onProgress: (progress) => {
          liveness.progress(progress);
          if (progress.mediaSeconds === null) return;
          this.#runClock.sample(progress.mediaSeconds);
          if (this.#recordingTarget) recording.progress(this.#runId, progress.mediaSeconds);
          const late = this.#runClock.divergenceSeconds();
          if (Math.abs(late) > DIVERGED_SECONDS) decide({ kind: 'lost', fault: divergedFault(late) });
        },
        onReport: (report) => {
          this.#reported = true;
          const changes = changesIn(report, info, audio.ask);
          if (changes.length > 0 && this.#context.isChange(report, changes))
            decide({ kind: 'changed', changes });
        },
        onSegment: (segment) => {
          if (this.#recordingTarget) recording.segmentClosed(this.#runId, segment);
        },
      },
    );
    this.#context.onStarted(run.pid);
    const aborted = (): void => decide({ kind: 'aborted' });
    if (signal.aborted) aborted();
    else signal.addEventListener('abort', aborted, { once: true });
    void run.ended.then(() => decide({ kind: 'ended' }));
    const repair = clock.every(RETRY_MS, () => {
      void this.#repaired().then((back) => {
        if (back) decide({ kind: 'repaired' });
      });
    });

    try {
      const cause = await decided;
      liveness.dispose();
      repair.cancel();
      if (cause.kind === 'lost' && this.#runningSinceUs !== null) this.#context.onStalled(cause.fault);
      await run.stop(cause.kind === 'lost' ? GIVE_UP_MS : FINISH_MS);
      return await this.#conclude(cause, run, (clock.monotonicUs() - startUs) / 1000, audio.plan);
    } finally {
      signal.removeEventListener('abort', aborted);
      liveness.dispose();
      repair.cancel();
    }
  }

  async #conclude(cause: Cause, run: IngestRun, elapsedMs: number, audio: AudioPlan): Promise<AttemptEnd> {
    const { clock, gate, log } = this.#context;
    if (cause.kind === 'aborted') return { kind: 'again', reason: 'asked for' };
    if (cause.kind === 'repaired') return { kind: 'again', reason: 'what was missing is back' };
    if (cause.kind === 'changed') return cause;
    const stderr = run.stderrTail();
    const ranMs = this.#runningSinceUs === null ? null : (clock.monotonicUs() - this.#runningSinceUs) / 1000;
    const base = { kind: 'fault', ranMs, blamesAudio: false } as const;
    if (cause.kind === 'lost') {
      log.debug({ stderr: stderr.slice(-5) }, 'ffmpeg before it was given up');
      return { ...base, fault: cause.fault, blamesAudio: audio.mode !== 'none' && blamesAudio(stderr) };
    }
    const { error } = await run.ended;
    if (error) return { ...base, fault: { code: 'internal', detail: error.message } };
    if (this.#recordingTarget && isStorageFailure(stderr, path.dirname(this.#recordingTarget.pattern))) {
      gate.failed(lastWords(stderr) ?? 'The recording could not be written.');
      if (gate.fault) return { ...base, fault: gate.fault };
    }
    const opened = classifyOpenFailure({ stderr, elapsedMs, timeoutMs: SOCKET_TIMEOUT_MS });
    const fault: StreamFault =
      ranMs === null
        ? opened
        : { code: 'connection_lost', detail: lastWords(stderr) ?? 'The camera ended the stream.' };
    const ownFailure = opened.code === 'internal' || opened.code === 'unsupported';
    // With the streams known and the camera not to blame, the sound is the likeliest reason not to start.
    const suspect = blamesAudio(stderr) || (ranMs === null && this.#reported && ownFailure);
    return { ...base, fault, blamesAudio: audio.mode !== 'none' && suspect };
  }

  /** Whether an output that could not be had at the start can be had now. */
  async #repaired(): Promise<boolean> {
    const { gate, live, streamId, info, clock, timeline, recording, signal } = this.#context;
    try {
      if (this.#liveFault) {
        await live.prepare(streamId, info);
        return true;
      }
      if (!gate.fault || !gate.open || signal.aborted) return false;
      const runId = randomUUID();
      await this.#open(runId, new RunClock(clock, timeline.time, this.#runClock.endUs()));
      await recording.closeRun(runId);
      return true;
    } catch (error) {
      if (!this.#liveFault) gate.failed(messageOf(error));
      return false;
    }
  }

  async #closeRecording(): Promise<void> {
    if (!this.#recordingTarget) return;
    const { recording, clock, log } = this.#context;
    const patience = new AbortController();
    const timer = clock.after(CLOSE_MS, () => patience.abort());
    try {
      const closed = recording.closeRun(this.#runId).then(() => true);
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

function lostFault(why: 'no_answer' | 'stalled', limits: LivenessLimits): StreamFault {
  return why === 'stalled'
    ? { code: 'stalled', detail: `No picture for ${(limits.stallMs / 1000).toFixed(1)} seconds.` }
    : { code: 'no_answer', detail: `No picture within ${Math.round(limits.startMs / 1000)} seconds.` };
}

function divergedFault(seconds: number): StreamFault {
  const by = Math.abs(seconds).toFixed(0);
  return {
    code: 'stalled',
    detail:
      seconds > 0
        ? `Pictures arrive ${by} seconds late.`
        : `The time stamps of the camera run ${by} seconds ahead.`,
  };
}
