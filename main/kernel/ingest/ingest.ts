import os from 'node:os';
import type { Clock } from '../../base/clock';
import type { Disposable } from '../../base/disposable';
import { Emitter } from '../../base/emitter';
import type { Logger } from '../../base/logger';
import type { StreamSpec } from '../cameras/ports';
import type { ChildRegistry } from '../process/registry';
import type { FrameSink, LiveSink, RecordingSink, StreamId, StreamInfo, StreamStatus } from '../streams';
import { IngestJournal, type StreamFigures } from './journal';
import type { Timeline } from './outputs';
import { probeEndpoint } from './probe';
import { ffmpegRunner, type Runner } from './runner';
import { StreamTime } from './streamTime';
import { StreamSupervisor, type SupervisorOptions } from './supervisor';

export interface IngestOptions {
  readonly ffmpegPath: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly live: LiveSink;
  readonly recording: RecordingSink;
  /** Absent while the flag is off. */
  readonly frames?: FrameSink | undefined;
  /** What a probe found, to be stored; called for each probe. */
  readonly onInfo: (streamId: StreamId, info: StreamInfo) => void;
  readonly registry?: ChildRegistry;
  /** For tests of the logic: what stands in for FFmpeg. */
  readonly runner?: Runner;
  readonly probe?: SupervisorOptions['probe'];
  readonly random?: () => number;
}

/** The running streams. */
export interface Ingest extends Disposable {
  /** Starts the supervisor of a stream; one that runs is left alone, one that stops is started after that. */
  start(spec: StreamSpec): void;
  /** Resolves when no process, pipe or timer of the stream is left. */
  stop(streamId: StreamId): Promise<void>;
  /** Starts a stream's FFmpeg anew at once; nothing happens when it does not run. */
  restart(streamId: StreamId, reason: string): void;
  /** Null when the stream is stopped. */
  status(streamId: StreamId): StreamStatus | null;
  statuses(): StreamStatus[];
  /** What has become of each stream since the application was started, stopped ones included. */
  figures(): ReadonlyMap<StreamId, StreamFigures>;
  /** Each change of a stream's status; the last one of a stream has phase `stopped`. */
  onStatus(listener: (status: StreamStatus) => void): Disposable;
}

interface Entry {
  supervisor: StreamSupervisor;
  /** Set while it stops. */
  stopping: Promise<void> | null;
  /** What is to run after that. */
  next: StreamSpec | null;
}

export function createIngest(options: IngestOptions): Ingest {
  const { clock, log, registry } = options;
  const statuses = new Emitter<StreamStatus>((error) => log.error({ err: error }, 'a listener failed'));
  const entries = new Map<StreamId, Entry>();
  /** Kept over stops, so that footage of one stream never overlaps even when the system clock is set back. */
  const timelines = new Map<StreamId, Timeline>();
  const journal = new IngestJournal(clock);
  let disposed = false;

  const runner =
    options.runner ??
    ffmpegRunner({ ffmpegPath: options.ffmpegPath, log, clock, ...(registry ? { registry } : {}) });
  const probe: SupervisorOptions['probe'] =
    options.probe ??
    ((endpoint, timeoutMs, signal) =>
      probeEndpoint(endpoint, {
        ...{ ffmpegPath: options.ffmpegPath, log, clock, timeoutMs, signal },
        ...(registry ? { registry } : {}),
      }));

  function timelineOf(streamId: StreamId): Timeline {
    let timeline = timelines.get(streamId);
    if (!timeline) {
      timeline = { time: new StreamTime(clock, log.child({ streamId }), () => os.uptime()), floorUs: 0 };
      timelines.set(streamId, timeline);
    }
    return timeline;
  }

  function launch(spec: StreamSpec): void {
    const { streamId } = spec;
    const supervisor = new StreamSupervisor({
      ...{
        spec,
        clock,
        runner,
        probe,
        live: options.live,
        recording: options.recording,
        frames: options.frames,
      },
      log: log.child({ streamId }),
      timeline: timelineOf(streamId),
      onInfo: (info) => options.onInfo(streamId, info),
      onStatus: (status) => {
        journal.status(status);
        statuses.emit(status);
      },
      onProgress: ({ frames }) => journal.frames(streamId, frames),
      ...(options.random ? { random: options.random } : {}),
    });
    entries.set(streamId, { supervisor, stopping: null, next: null });
  }

  function stop(streamId: StreamId): Promise<void> {
    const entry = entries.get(streamId);
    if (!entry) return Promise.resolve();
    entry.next = null;
    entry.stopping ??= entry.supervisor.stop().then(() => {
      entries.delete(streamId);
      if (entry.next && !disposed) launch(entry.next);
    });
    return entry.stopping;
  }

  return {
    start(spec) {
      if (disposed) return;
      const entry = entries.get(spec.streamId);
      if (!entry) launch(spec);
      else if (entry.stopping) entry.next = spec;
    },
    stop,
    restart(streamId, reason) {
      const entry = entries.get(streamId);
      if (entry && !entry.stopping) entry.supervisor.restart(reason);
    },
    status: (streamId) => entries.get(streamId)?.supervisor.status ?? null,
    statuses: () => [...entries.values()].map((entry) => entry.supervisor.status),
    figures: () => journal.figures(),
    onStatus: (listener) => statuses.on(listener),
    async dispose() {
      disposed = true;
      await Promise.all([...entries.keys()].map(stop));
    },
  };
}
