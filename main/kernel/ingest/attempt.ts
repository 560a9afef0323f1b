import type { Timer } from '../../base/clock';
import type { StreamEndpoint, StreamFault } from '../streams';
import { DIVERGED_SECONDS, roleOf } from '../streams';
import type { AttemptEnd } from './attemptEnd';
import { planAudio, type AudioPlan } from './audioPlan';
import { blamesAudio, classifyOpenFailure, isStorageFailure, lacksAudio, lastWords } from './faults';
import { changesIn, type InputReport } from './inputReport';
import { Liveness, socketTimeoutMs, type LivenessLimits } from './liveness';
import type { IngestRun, Runner } from './runner';
import { RunOutputs, type OutputsContext } from './outputs';
import type { Progress } from './progress';
import { RETRY_MS } from './outputGate';

/** How long FFmpeg may take to end by itself once it is given up, milliseconds. */
const GIVE_UP_MS = 500;
/** How long it may take to finish its files when nothing is wrong, milliseconds. */
const FINISH_MS = 1000;
/** A stream that ends gives out what was held back, which looks like another order: only one that goes on is doubted. */
const DOUBT_MS = 1000;
const SOUND_LEFT_OUT = 'The sound of this camera made trouble. It is left out for a while, then tried again.';

export interface AttemptContext extends OutputsContext {
  readonly endpoint: StreamEndpoint;
  /** The sound made trouble lately and is left out this much longer, milliseconds; 0: it is not. */
  readonly soundPauseMs: number;
  /** Whether this report of the input is a change that calls for a new probe. */
  readonly isChange: (report: InputReport, changes: readonly string[]) => boolean;
  readonly limits: LivenessLimits;
  readonly runner: Runner;
  /** Whether a hint at another order of the pictures is worth another look at the camera. */
  readonly mayDoubtOrder: () => boolean;
  /** Each report of FFmpeg. */
  readonly onProgress: (progress: Progress) => void;
  readonly onStarted: (pid: number | null) => void;
  /** @param fault what is missing although it runs, e.g. recording */
  readonly onRunning: (fault: StreamFault | null) => void;
  readonly onStalled: (fault: StreamFault) => void;
}

type Cause =
  | { readonly kind: 'ended' | 'aborted' | 'repaired' | 'pause-over' }
  | { readonly kind: 'lost'; readonly fault: StreamFault }
  | { readonly kind: 'changed'; readonly changes: readonly string[]; readonly reordered?: true };

/** One attempt to run a stream's ingest: from preparing its outputs to the last registered segment. */
export class Attempt {
  readonly #context: AttemptContext;
  readonly #outputs: RunOutputs;
  #reported = false;
  #runningSinceUs: number | null = null;
  #announced: StreamFault | null | undefined = undefined;

  constructor(context: AttemptContext) {
    this.#context = context;
    this.#outputs = new RunOutputs(context);
  }

  async run(): Promise<AttemptEnd> {
    try {
      await this.#outputs.open();
      if (this.#context.signal.aborted) return { kind: 'again', reason: 'asked for' };
      return await this.#runFfmpeg();
    } finally {
      await this.#outputs.close();
    }
  }

  /** The sound in the recording, whether the camera is asked for it, and whether that waits for a pause to end. */
  #audio(): { plan: AudioPlan; ask: boolean; waits: boolean } {
    const { info, soundPauseMs, streamId } = this.#context;
    const without = (reason: string): AudioPlan => ({ mode: 'none', reason });
    if (roleOf(streamId) !== 'main')
      return { plan: without('The main stream has it.'), ask: false, waits: false };
    const wanted = planAudio(info.audio);
    // A camera without sound is asked all the same, so that sound that it gets later is noticed.
    const ask = info.audio === null || wanted.mode !== 'none';
    if (soundPauseMs > 0) return { plan: without('The sound made trouble.'), ask: false, waits: ask };
    const plan = this.#outputs.recording ? wanted : without('Nothing is recorded.');
    return { plan, ask, waits: false };
  }

  async #runFfmpeg(): Promise<AttemptEnd> {
    const { clock, signal, streamId, endpoint, info, runner, recording, live, frames, limits } =
      this.#context;
    const audio = this.#audio();
    await this.#outputs.openAudio(info.audio, audio.waits ? SOUND_LEFT_OUT : undefined);
    const hasSound = audio.plan.mode !== 'none' || this.#outputs.liveAudio.mode !== 'none';
    const startUs = clock.monotonicUs();
    let decide: (cause: Cause) => void = () => undefined;
    const decided = new Promise<Cause>((resolve) => (decide = resolve));

    const liveness = new Liveness(clock, limits, {
      onRunning: () => {
        this.#runningSinceUs = clock.monotonicUs();
        live.running(streamId);
        this.#announce();
      },
      onLost: (why, limitMs) => decide({ kind: 'lost', fault: lostFault(why, limitMs) }),
    });
    let release: () => void = () => undefined;
    let doubt = null as Timer | null;
    const pause = audio.waits
      ? clock.after(this.#context.soundPauseMs, () => decide({ kind: 'pause-over' }))
      : null;
    try {
      const run = runner(
        endpoint,
        {
          video: info.video,
          audio: audio.plan,
          askAudio: audio.ask,
          live: this.#outputs.live,
          liveAudio: this.#outputs.liveAudio,
          recording: this.#outputs.recording,
          frames: this.#outputs.frames,
        },
        {
          onProgress: (progress) => {
            liveness.progress(progress);
            this.#context.onProgress(progress);
            if (progress.mediaSeconds === null) return;
            this.#outputs.runClock.sample(progress.mediaSeconds);
            frames?.progress(streamId, progress.mediaSeconds);
            if (this.#outputs.recording) recording.progress(this.#outputs.runId, progress.mediaSeconds);
            const late = this.#outputs.runClock.divergenceSeconds();
            if (Math.abs(late) > DIVERGED_SECONDS) decide({ kind: 'lost', fault: divergedFault(late) });
          },
          onReport: (report) => {
            this.#reported = true;
            const changes = changesIn(report, info, audio.ask);
            if (changes.length > 0 && this.#context.isChange(report, changes))
              decide({ kind: 'changed', changes });
          },
          onOverflow: () => {
            this.#outputs.overflowed();
            this.#announce();
          },
          onLoss: () => frames?.lost(streamId),
          onReordered: (how) => {
            if (info.video.hasBFrames) return;
            if (how === 'certain')
              decide({ kind: 'changed', changes: ['B-frames none -> some'], reordered: true });
            else
              doubt ??= clock.after(DOUBT_MS, () => {
                if (this.#context.mayDoubtOrder())
                  decide({ kind: 'changed', changes: ['order of pictures'] });
              });
          },
          onSegment: (segment) => {
            if (this.#outputs.recording) recording.segmentClosed(this.#outputs.runId, segment);
          },
        },
      );
      this.#context.onStarted(run.pid);
      const aborted = (): void => decide({ kind: 'aborted' });
      if (signal.aborted) aborted();
      else signal.addEventListener('abort', aborted, { once: true });
      void run.ended.then(() => decide({ kind: 'ended' }));
      const repair = clock.every(RETRY_MS, () => {
        this.#announce();
        void this.#outputs.repaired().then((back) => {
          if (back) decide({ kind: 'repaired' });
        });
      });
      release = () => {
        signal.removeEventListener('abort', aborted);
        repair.cancel();
      };
      const cause = await decided;
      liveness.dispose();
      release();
      if (cause.kind === 'lost' && this.#runningSinceUs !== null) this.#context.onStalled(cause.fault);
      await run.stop(cause.kind === 'lost' ? GIVE_UP_MS : FINISH_MS);
      return await this.#conclude(cause, run, (clock.monotonicUs() - startUs) / 1000, hasSound);
    } finally {
      liveness.dispose();
      doubt?.cancel();
      pause?.cancel();
      release();
    }
  }

  /** Says that it runs, and what is missing, when that has changed. */
  #announce(): void {
    const { fault } = this.#outputs;
    if (this.#runningSinceUs === null || fault === this.#announced) return;
    this.#announced = fault;
    this.#context.onRunning(fault);
  }

  /** A camera that lost its sound is looked at anew; one that only announces sound is left without it. */
  #withoutAudio(): AttemptEnd {
    const changes = [`audio ${this.#context.info.audio?.codec ?? ''} -> none`];
    if (this.#context.isChange({ videoStream: null, video: null, audio: null }, changes))
      return { kind: 'changed', changes };
    const detail = 'The camera announces sound but has none.';
    return { kind: 'fault', fault: { code: 'connection_lost', detail }, ranMs: null, blamesAudio: true };
  }

  async #conclude(cause: Cause, run: IngestRun, elapsedMs: number, hasSound: boolean): Promise<AttemptEnd> {
    const { clock, gate, log, info } = this.#context;
    if (cause.kind === 'aborted') return { kind: 'again', reason: 'asked for' };
    if (cause.kind === 'repaired') return { kind: 'again', reason: 'what was missing is back' };
    if (cause.kind === 'pause-over') return { kind: 'again', reason: 'the sound is tried again' };
    if (cause.kind === 'changed') return cause;
    const stderr = run.stderrTail();
    if (hasSound && lacksAudio(stderr)) return this.#withoutAudio();
    const ranMs = this.#runningSinceUs === null ? null : (clock.monotonicUs() - this.#runningSinceUs) / 1000;
    const base = { kind: 'fault', ranMs, blamesAudio: false } as const;
    if (cause.kind === 'lost') {
      log.debug({ stderr: stderr.slice(-5) }, 'ffmpeg before it was given up');
      return { ...base, fault: cause.fault, blamesAudio: hasSound && blamesAudio(stderr) };
    }
    const { error } = await run.ended;
    if (error) return { ...base, fault: { code: 'internal', detail: error.message } };
    if (this.#outputs.recording && isStorageFailure(stderr)) {
      gate.failed(lastWords(stderr) ?? 'The recording could not be written.');
      if (gate.fault) return { ...base, fault: gate.fault };
    }
    const opened = classifyOpenFailure({ stderr, elapsedMs, timeoutMs: socketTimeoutMs(info.video) });
    const fault: StreamFault =
      ranMs === null
        ? opened
        : { code: 'connection_lost', detail: lastWords(stderr) ?? 'The camera ended the stream.' };
    const ownFailure = opened.code === 'internal' || opened.code === 'unsupported';
    // With the streams known and the camera not to blame, the sound is the likeliest reason not to start.
    const suspect = blamesAudio(stderr) || (ranMs === null && this.#reported && ownFailure);
    return { ...base, fault, blamesAudio: hasSound && suspect };
  }
}

function lostFault(why: 'no_answer' | 'stalled', limitMs: number): StreamFault {
  return why === 'stalled'
    ? { code: 'stalled', detail: `No picture for ${(limitMs / 1000).toFixed(1)} seconds.` }
    : { code: 'no_answer', detail: `No picture within ${Math.round(limitMs / 1000)} seconds.` };
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
