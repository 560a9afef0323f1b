import type { AgentMetrics } from '../../core/agents/streamAgent';
import { cameraIdOf, roleOf } from '../../kernel/streams';
import type { Counters } from './counters';

export interface CameraRates {
  readonly cameraFps: number | null;
  /** Null while no frames are wanted. */
  readonly processFps: number | null;
  readonly skippedFps: number | null;
  readonly detectionFps: number | null;
  readonly ingestBytesPerS: number | null;
  /** Since the counters before. */
  readonly reconnects: number;
}

export interface ProcessRates {
  /** Of one core. */
  readonly cpuPercent: number | null;
  readonly memoryBytes: number | null;
}

/** What the counters did between two readings. */
export interface Rates {
  readonly seconds: number;
  readonly cameras: ReadonlyMap<string, CameraRates>;
  readonly processes: ReadonlyMap<number, ProcessRates>;
  /** Since the counters before, by model. */
  readonly refusals: ReadonlyMap<string, number>;
  readonly unreadable: number;
  readonly eventsStored: number;
  readonly eventsDropped: number;
  /** Null after producers or consumers went, so that their counts fell. */
  readonly sfuInBytesPerS: number | null;
  readonly sfuOutBytesPerS: number | null;
  readonly sfuLost: number;
}

/** Why a due frame was not looked at: everything but the gate, which is what was asked for. */
function skipped(agent: AgentMetrics): number {
  return agent.subscriptions.reduce((sum, { drop_count, drops }) => sum + drop_count - (drops.gate ?? 0), 0);
}

function results(agent: AgentMetrics): number {
  return agent.subscriptions.reduce((sum, { result_count }) => sum + result_count, 0);
}

export const dropped = ({ events }: Pick<Counters, 'events'>): number =>
  Object.values(events.drops).reduce((sum, count) => sum + count, 0);

export function unreadable({ models }: Pick<Counters, 'models'>): number {
  return models.reduce(
    (sum, { figures }) => sum + Object.values(figures.frames).reduce((all, count) => all + count, 0),
    0,
  );
}

/** Null where a counter began anew. */
const grown = (before: number | undefined, after: number): number | null =>
  before === undefined || after < before ? null : after - before;

export function ratesBetween(before: Counters | null, after: Counters): Rates {
  const seconds = before === null ? 0 : (after.atUs - before.atUs) / 1e6;
  const per = (delta: number | null): number | null =>
    delta === null || seconds <= 0 ? null : delta / seconds;

  const processes = new Map<number, ProcessRates>();
  const written = new Map<string, number>();
  for (const { pid, kind, stream, usage } of after.processes) {
    const earlier = before?.processes.find((one) => one.pid === pid)?.usage ?? null;
    const isSame = earlier !== null && usage !== null && earlier.startTicks === usage.startTicks;
    // One that began in between counts from its start.
    const cpu = usage === null ? null : usage.cpuSeconds - (isSame ? earlier.cpuSeconds : 0);
    const share = per(cpu);
    processes.set(pid, {
      cpuPercent: share === null ? null : share * 100,
      memoryBytes: usage?.memoryBytes ?? null,
    });
    if (kind !== 'ingest' || stream === null || roleOf(stream) !== 'main' || usage?.writtenBytes == null)
      continue;
    written.set(stream, usage.writtenBytes - (isSame ? (earlier.writtenBytes ?? 0) : 0));
  }

  const agents = new Map(after.agents.map((agent) => [agent.camera_id, agent]));
  const agentsBefore = new Map(before?.agents.map((agent) => [agent.camera_id, agent]));
  const frames = new Map(after.frames.map((one) => [one.cameraId, one]));
  const cameras = new Map<string, CameraRates>();
  for (const [streamId, figures] of after.streams) {
    if (roleOf(streamId) !== 'main') continue;
    const id = cameraIdOf(streamId);
    const earlier = before?.streams.get(streamId);
    const agent = agents.get(id);
    const agentBefore = agentsBefore.get(id);
    const wanted = frames.get(id);
    const published = before?.frames.find(({ cameraId }) => cameraId === id)?.published;
    cameras.set(id, {
      cameraFps: before === null ? null : per(figures.frames - (earlier?.frames ?? 0)),
      processFps: wanted === undefined ? null : per(grown(published, wanted.published)),
      skippedFps: agent && agentBefore ? per(grown(skipped(agentBefore), skipped(agent))) : null,
      detectionFps: agent && agentBefore ? per(grown(results(agentBefore), results(agent))) : null,
      ingestBytesPerS: per(written.get(streamId) ?? null),
      reconnects: before === null ? 0 : figures.reconnects - (earlier?.reconnects ?? 0),
    });
  }

  const modelsBefore = new Map(before?.models.map(({ id, figures }) => [id, figures]));
  const since = (read: (counters: Counters) => number): number =>
    before === null ? 0 : Math.max(0, read(after) - read(before));
  const bytes = (end: 'in' | 'out') => per(grown(before?.traffic[end].bytes, after.traffic[end].bytes));
  return {
    seconds,
    cameras,
    processes,
    refusals: new Map(
      after.models.map(({ id, figures }) => [
        id,
        before === null ? 0 : Math.max(0, figures.busy - (modelsBefore.get(id)?.busy ?? 0)),
      ]),
    ),
    unreadable: since(unreadable),
    eventsStored: since(({ events }) => events.stored),
    eventsDropped: since(dropped),
    sfuInBytesPerS: bytes('in'),
    sfuOutBytesPerS: bytes('out'),
    sfuLost: since(({ traffic }) => traffic.in.lost + traffic.out.lost),
  };
}
