import { VasError } from '../../../base/errors';
import type { SimulatedClock } from '../../../base/simulatedClock';
import type { ChildExit } from '../../process/child';
import type {
  AudioInfo,
  ClosedSegment,
  LiveAudioTarget,
  LiveSink,
  LiveTarget,
  RecordingSink,
  RunStart,
  StreamInfo,
} from '../../streams';
import type { IngestPlan } from '../ffmpegArgs';
import type { InputReport } from '../inputReport';
import type { RunEvents, Runner } from '../runner';

export const INFO: StreamInfo = {
  video: {
    codec: 'h264',
    profile: 'Main',
    width: 640,
    height: 360,
    pixelFormat: 'yuv420p',
    fps: 15,
    hasBFrames: false,
    gopSeconds: 1,
  },
  audio: { codec: 'pcm_alaw', sampleRate: 8000, channels: 1 },
};

export function reportOf(info: StreamInfo): InputReport {
  const { codec, profile, pixelFormat, width, height } = info.video;
  return { videoStream: 0, video: { codec, profile, pixelFormat, width, height }, audio: info.audio };
}

/** Stands in for one FFmpeg: the test says what it does. */
class FakeRun {
  readonly startedUs: number;
  stderr: string[] = [];
  stops: number[] = [];
  /** False: it does not react to being asked. */
  polite = true;
  alive = true;
  readonly ended: Promise<ChildExit>;
  #end: (exit: ChildExit) => void = () => undefined;
  #frames = 0;

  constructor(
    readonly pid: number,
    readonly plan: IngestPlan,
    readonly events: RunEvents,
    private readonly clock: SimulatedClock,
  ) {
    this.startedUs = clock.monotonicUs();
    this.ended = new Promise((resolve) => (this.#end = resolve));
  }

  exit(code: number, stderr: string[] = []): void {
    this.alive = false;
    this.stderr.push(...stderr);
    this.#end({ code, signal: null, error: null });
  }

  stop(graceMs: number): Promise<ChildExit> {
    this.stops.push(graceMs);
    if (this.polite) this.exit(0);
    else this.clock.after(graceMs, () => this.exit(255));
    return this.ended;
  }

  /** One report of progress. */
  progress(frames: number, mediaSeconds: number): void {
    this.#frames = frames;
    this.events.onProgress({ frames, mediaSeconds, ended: false });
  }

  /** Sends pictures in real time, as a good camera does. */
  async play(seconds: number): Promise<void> {
    for (let step = 0; step < seconds * 2 && this.alive; step++) {
      await this.clock.advance(500);
      if (this.alive) this.progress(this.#frames + 8, (this.clock.monotonicUs() - this.startedUs) / 1e6);
    }
  }

  report(info: StreamInfo): void {
    this.events.onReport(reportOf(info));
  }
}

export function fakeRunner(clock: SimulatedClock): { runs: FakeRun[]; runner: Runner; last(): FakeRun } {
  const runs: FakeRun[] = [];
  return {
    runs,
    runner: (_endpoint, plan, events) => {
      const run = new FakeRun(1000 + runs.length, plan, events, clock);
      runs.push(run);
      return {
        pid: run.pid,
        ended: run.ended,
        stderrTail: () => run.stderr,
        stop: (graceMs) => run.stop(graceMs),
      };
    },
    last() {
      const run = runs.at(-1);
      if (!run) throw new Error('nothing was started');
      return run;
    },
  };
}

export class FakeLive implements LiveSink {
  calls: string[] = [];
  failing = false;
  sounds: string[] = [];
  failingSound = false;
  target: LiveTarget = { mode: 'handover', ip: '127.0.0.1', port: 50000 };

  prepare(streamId: string, info: StreamInfo): Promise<LiveTarget> {
    this.calls.push(`prepare ${streamId} ${info.video.codec}`);
    return this.failing
      ? Promise.reject(new VasError('unavailable', 'no worker'))
      : Promise.resolve(this.target);
  }
  prepareAudio(streamId: string, audio: AudioInfo | null, leftOut?: string): Promise<LiveAudioTarget> {
    this.sounds.push(`${streamId} ${leftOut ?? audio?.codec ?? 'none'}`);
    if (leftOut !== undefined || !audio) return Promise.resolve({ mode: 'none', reason: leftOut ?? '' });
    return this.failingSound
      ? Promise.reject(new VasError('unavailable', 'no port'))
      : Promise.resolve({ mode: 'handover', ip: '127.0.0.1', port: 50002 });
  }
  running(streamId: string): void {
    this.calls.push(`running ${streamId}`);
  }
  ended(streamId: string): void {
    this.calls.push(`ended ${streamId}`);
  }
  release(streamId: string): Promise<void> {
    this.calls.push(`release ${streamId}`);
    return Promise.resolve();
  }
}

export class FakeRecording implements RecordingSink {
  open: RunStart[] = [];
  closed: string[] = [];
  segments: ClosedSegment[] = [];
  media = 0;
  failing: string | null = null;

  openRun(run: RunStart): Promise<{ pattern: string; segmentSeconds: number; fragmentSeconds: number }> {
    if (this.failing !== null) return Promise.reject(new VasError('unavailable', this.failing));
    this.open.push(run);
    return Promise.resolve({
      pattern: `/recordings/${run.runId}/%05d.mp4`,
      segmentSeconds: 60,
      fragmentSeconds: 0.5,
    });
  }
  progress(_runId: string, mediaSeconds: number): void {
    this.media = mediaSeconds;
  }
  segmentClosed(_runId: string, segment: ClosedSegment): void {
    this.segments.push(segment);
  }
  closeRun(runId: string): Promise<void> {
    this.closed.push(runId);
    return Promise.resolve();
  }
}
