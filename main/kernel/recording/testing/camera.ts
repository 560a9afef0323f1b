import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { parseListLine, segmentArguments } from '../../media/testing/segments';
import type { RecordingSink, StreamInfo } from '../../streams';

export const INFO: StreamInfo = {
  video: {
    ...{ codec: 'h264', profile: 'High', width: 320, height: 180, pixelFormat: 'yuv420p', fps: 25 },
    ...{ hasBFrames: false, gopSeconds: 2 },
  },
  audio: null,
};

export interface TestCamera {
  readonly runId: string;
  /** Wall clock of picture number 0, microseconds. */
  readonly startUs: number;
  readonly process: ChildProcess;
  /** Ends FFmpeg and closes the run. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** Ends FFmpeg as a crash of the application would: nobody is told. */
  crash(): Promise<void>;
  /** Resolves when FFmpeg has ended by itself and the run is closed. */
  ended(): Promise<void>;
}

/**
 * Records a video in real time as the ingest does: FFmpeg copies it into segments, its list and progress go
 * to the recording. Picture n was taken at `startUs` + n / fps.
 * @param shiftUs how far the clock of this run is off
 * @param paced in real time; else at once
 * @param aligned segments are cut by the clock, as in the application
 */
export async function record(
  recording: RecordingSink,
  options: {
    cameraId: string;
    video: string;
    shiftUs?: number;
    paced?: boolean;
    aligned?: boolean;
    runId?: string;
  },
): Promise<TestCamera> {
  const runId = options.runId ?? randomUUID();
  const startUs = Date.now() * 1000 + (options.shiftUs ?? 0);
  const target = await recording.openRun({
    runId,
    streamId: options.cameraId,
    cameraId: options.cameraId,
    info: INFO,
    clock: { wallUsAt: (seconds) => Math.round(startUs + seconds * 1e6) },
  });
  const child = spawn(
    'ffmpeg',
    [
      ...['-nostdin', '-v', 'error', ...(options.paced === false ? [] : ['-re']), '-i', options.video],
      ...['-map', '0', '-c', 'copy', '-progress', 'pipe:4', '-stats_period', '0.5'],
      ...segmentArguments({
        pattern: target.pattern,
        segmentSeconds: target.segmentSeconds,
        list: 'pipe:3',
        atClockTime: options.aligned ?? options.paced !== false,
      }),
    ],
    { stdio: ['ignore', 'ignore', 'inherit', 'pipe', 'pipe'] },
  );
  let told = true;
  const list = createInterface({ input: child.stdio[3] as Readable });
  list.on('line', (line) => {
    if (told) recording.segmentClosed(runId, parseListLine(line));
  });
  const progress = createInterface({ input: child.stdio[4] as Readable });
  progress.on('line', (line) => {
    const us = /^out_time_us=(\d+)$/.exec(line)?.[1];
    if (told && us !== undefined) recording.progress(runId, Number(us) / 1e6);
  });
  const closed = once(child, 'close');
  let finished: Promise<void> | null = null;
  const ended = (): Promise<void> =>
    (finished ??= closed.then(async () => {
      if (told) await recording.closeRun(runId);
    }));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await closed;
  });
  return {
    runId,
    startUs,
    process: child,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      await ended();
    },
    async crash() {
      told = false;
      child.kill('SIGKILL');
      await closed;
    },
    ended,
  };
}
