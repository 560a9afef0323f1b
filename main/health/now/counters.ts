import type { AgentMetrics } from '../../core/agents/streamAgent';
import type { ModelStatus } from '../../containers/containers';
import type { EventHealth } from '../../events/events';
import type { FrameExportStatus } from '../../kernel/frames/frameExport';
import type { KernelProcess } from '../../kernel/processes';
import type { LiveTraffic } from '../../kernel/live/live';
import type { StreamFigures } from '../../kernel/ingest/journal';
import type { StreamId, StreamStatus } from '../../kernel/streams';
import type { ProcessUsage } from './processFiles';
import { processUsage } from './processFiles';

/** A process of ours, for health. */
export type OwnProcess = KernelProcess;

/** What the counters are read from. Everything exists already; reading changes nothing. */
export interface CounterSources {
  readonly nowUs: () => number;
  readonly statuses: () => readonly StreamStatus[];
  readonly streamFigures: () => ReadonlyMap<StreamId, StreamFigures>;
  /** All of them, the main process first. */
  readonly processes: () => readonly OwnProcess[];
  readonly frames: () => readonly FrameExportStatus[];
  readonly agents: () => readonly AgentMetrics[];
  readonly models: () => readonly ModelStatus[];
  readonly events: () => EventHealth;
  readonly traffic: () => Promise<LiveTraffic>;
}

/** Everything that only grows, at one moment. */
export interface Counters {
  /** Monotonic, microseconds. */
  readonly atUs: number;
  readonly streams: ReadonlyMap<StreamId, StreamFigures>;
  readonly processes: readonly (OwnProcess & { readonly usage: ProcessUsage | null })[];
  readonly frames: readonly FrameExportStatus[];
  readonly agents: readonly AgentMetrics[];
  readonly models: readonly ModelStatus[];
  readonly events: EventHealth;
  readonly traffic: LiveTraffic;
}

/** Processes that are read before others get their turn. */
const AT_ONCE = 32;

export async function readCounters(sources: CounterSources): Promise<Counters> {
  const traffic = await sources.traffic();
  const processes: (OwnProcess & { usage: ProcessUsage | null })[] = [];
  for (const one of sources.processes()) {
    if (processes.length > 0 && processes.length % AT_ONCE === 0)
      await new Promise<void>((resolve) => setImmediate(resolve));
    processes.push({ ...one, usage: processUsage(one.pid, one.kind === 'ingest') });
  }
  return {
    atUs: sources.nowUs(),
    streams: sources.streamFigures(),
    processes,
    frames: sources.frames(),
    agents: sources.agents(),
    models: sources.models(),
    events: sources.events(),
    traffic,
  };
}
