import type { Clock } from '../../base/clock';
import type { Logger } from '../../base/logger';
import type { ChildExit } from '../process/child';
import { spawnChild } from '../process/child';
import type { ChildRegistry } from '../process/registry';
import type { ClosedSegment, StreamEndpoint } from '../streams';
import { concatScript } from './concatScript';
import type { IngestPlan } from './ffmpegArgs';
import { ingestArgs, PROGRESS_DESCRIPTOR, SEGMENT_LIST_DESCRIPTOR } from './ffmpegArgs';
import { createInputReportParser, type InputReport } from './inputReport';
import { socketTimeoutMs } from './liveness';
import type { Reordering } from './orderWatch';
import { createOrderWatch } from './orderWatch';
import { createProgressParser, type Progress } from './progress';
import { redactorForEndpoint } from './redaction';
import { parseSegmentLine } from './segmentList';

/** What a run tells while it lives. */
export interface RunEvents {
  onProgress(progress: Progress): void;
  onReport(report: InputReport): void;
  onSegment(segment: ClosedSegment): void;
  /** The disk did not keep up, and footage was dropped for it. */
  onOverflow(): void;
  /** Packets of the camera were lost on the way. */
  onLoss(): void;
  /** Pictures come in another order than they are shown, which nobody reckoned with. */
  onReordered(how: Reordering): void;
}

/** One life of an ingest FFmpeg. */
export interface IngestRun {
  readonly pid: number | null;
  /** Resolves after the last event of the run. */
  readonly ended: Promise<ChildExit>;
  stderrTail(): string[];
  /** Asks it to finish its files and kills it after `graceMs`. */
  stop(graceMs: number): Promise<ChildExit>;
}

/** Starts runs. The real one is FFmpeg; tests of the supervisor's logic bring their own. */
export type Runner = (endpoint: StreamEndpoint, plan: IngestPlan, events: RunEvents) => IngestRun;

/** FFmpeg begins as soon as it knows the streams; this bounds it where a camera does not describe them. */
const ANALYZE_US = 5_000_000;

export function ffmpegRunner(options: {
  readonly ffmpegPath: string;
  readonly log: Logger;
  readonly clock: Clock;
  readonly registry?: ChildRegistry;
}): Runner {
  return (endpoint, plan, events) => {
    const child = spawnChild({
      file: options.ffmpegPath,
      args: ingestArgs(plan),
      label: 'ingest',
      log: options.log,
      clock: options.clock,
      stdin: concatScript(endpoint, {
        timeoutUs: socketTimeoutMs(plan.video) * 1000,
        analyzeDurationUs: ANALYZE_US,
        audio: plan.askAudio,
      }),
      extraPipes: 2,
      redact: redactorForEndpoint(endpoint),
      ...(options.registry ? { registry: options.registry } : {}),
    });
    const watchOrder = createOrderWatch();
    const parseProgress = createProgressParser();
    const parseReport = createInputReportParser();
    child.onLine(PROGRESS_DESCRIPTOR, (line) => {
      const progress = parseProgress(line);
      if (progress) events.onProgress(progress);
    });
    child.onLine(SEGMENT_LIST_DESCRIPTOR, (line) => {
      const segment = parseSegmentLine(line);
      if (segment) events.onSegment(segment);
    });
    child.onStderr((line) => {
      options.log.trace({ pid: child.pid, line }, 'ffmpeg');
      const report = parseReport(line);
      if (report) events.onReport(report);
      if (line.includes('FIFO queue full')) events.onOverflow();
      if (line.includes('RTP: missed')) events.onLoss();
      const reordering = watchOrder(line);
      if (reordering !== null) events.onReordered(reordering);
    });
    return {
      pid: child.pid,
      ended: child.exited,
      stderrTail: () => child.stderrTail(),
      stop: (graceMs) => child.stop(graceMs),
    };
  };
}
