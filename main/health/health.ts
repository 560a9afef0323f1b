import type { HealthReport, RequestOf, ResponseOf } from '../../contract';
import type { AiPath } from '../ai/aiPath';
import type { Clock } from '../base/clock';
import type { Disposable } from '../base/disposable';
import type { Logger } from '../base/logger';
import type { Events } from '../events/events';
import type { Kernel } from '../kernel/kernel';
import { roleOf } from '../kernel/streams';
import type { Store } from '../store/types';
import type { EventLoopMonitor } from './eventLoop';
import { measureSeries } from './measure';
import type { Counters, CounterSources, OwnProcess } from './now/counters';
import { readCounters } from './now/counters';
import { ratesBetween } from './now/rates';
import { makeReport } from './now/report';
import { storeFactsReader } from './now/storeFacts';
import { SeriesRecorder } from './series/recorder';
import type { HealthTick } from './tick';

export interface HealthOptions {
  readonly kernel: Kernel;
  readonly ai: Pick<AiPath, 'containers' | 'core'>;
  readonly events: Pick<Events, 'health'>;
  readonly store: Pick<Store, 'read' | 'write' | 'figures'>;
  readonly eventLoop: EventLoopMonitor;
  /** Processes of the shell: the main one first, then windows, GPU and services. */
  readonly shellProcesses: () => readonly { readonly kind: string; readonly pid: number }[];
  readonly tick: HealthTick;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: Logger;
}

/** How the workstation is, now and over time. Reads what there is and changes nothing (INV-93, INV-94). */
export interface Health extends Disposable {
  now(): Promise<HealthReport>;
  series(request: RequestOf<'health.series'>): Promise<ResponseOf<'health.series'>>;
}

/** Rates over less than this are noise, microseconds. */
const LEAST_US = 900_000;
/** How often the disk is asked for its room, in ticks. */
const DISK_TICKS = 6;

export function createHealth(options: HealthOptions): Health {
  const { kernel, ai, events, store, eventLoop, clock, dataDir } = options;
  const log = options.log.child({ part: 'health' });
  const startedUs = clock.monotonicUs();
  const sources: CounterSources = {
    nowUs: () => clock.monotonicUs(),
    statuses: () => kernel.ingest.statuses(),
    streamFigures: () => kernel.ingest.figures(),
    processes: () => ownProcesses(options),
    frames: () => kernel.frames?.statuses() ?? [],
    agents: () => ai.core.metrics(),
    models: () => ai.containers?.list() ?? [],
    events: () => events.health(),
    traffic: () => kernel.live.traffic(),
  };
  /** Of the last tick, and of the last question that was long enough after another. */
  const seen: { tick: Counters | null; asked: Counters | null } = { tick: null, asked: null };
  let asking: Promise<HealthReport> | null = null;
  let ticks = 0;
  let disk: { free: number; recorded: number } | null = null;

  /** The newest counters that are old enough to be compared with. */
  function before(now: Counters): Counters | null {
    const old = [seen.asked, seen.tick].filter((one) => one !== null && now.atUs - one.atUs >= LEAST_US);
    return old.reduce((best, one) => (best === null || (one?.atUs ?? 0) > best.atUs ? one : best), null);
  }

  const storeFacts = storeFactsReader(async () => {
    const [{ rows: devices }, folders, outlook] = await Promise.all([
      store.read.listDevices(),
      kernel.recording.folders.list(),
      kernel.outlook.get(),
    ]);
    return { devices, folders, outlook };
  }, log);

  const sfu = () => {
    const { workers, producers, consumers, transports } = kernel.live.stats();
    return { workers: workers.length, producers, consumers, transports };
  };

  async function report(): Promise<HealthReport> {
    const [counters, facts] = await Promise.all([readCounters(sources), storeFacts()]);
    const rates = ratesBetween(before(counters), counters);
    if (seen.asked === null || counters.atUs - seen.asked.atUs >= LEAST_US) seen.asked = counters;
    return makeReport({
      ...{ counters, rates, ...facts, dataDir, store, startedUs },
      nowUs: clock.wallUs(),
      delay: eventLoop.read(),
      statuses: kernel.ingest.statuses(),
      shallRecord: (cameraId) => kernel.recording.isRecording(cameraId),
      isExporting: kernel.frames !== null,
      sfu: sfu(),
    });
  }

  async function measure(lateMs: number): Promise<ReadonlyMap<string, number>> {
    if (ticks++ % DISK_TICKS === 0) disk = await roomOf(kernel, store).catch(() => null);
    const counters = await readCounters(sources);
    const rates = ratesBetween(seen.tick, counters);
    seen.tick = counters;
    return measureSeries({
      ...{ counters, rates, dataDir, sfu: sfu() },
      delayMs: Math.max(lateMs, eventLoop.takeWorst()),
      store: store.figures(),
      running: kernel.ingest
        .statuses()
        .filter(({ streamId, phase }) => roleOf(streamId) === 'main' && phase === 'running').length,
      freeBytes: disk?.free ?? null,
      recordedBytes: disk?.recorded ?? null,
    });
  }

  const recorder = new SeriesRecorder({ tick: options.tick, measure, store, clock, log });
  return {
    // Windows that ask at the same time share an answer.
    now() {
      asking ??= report().finally(() => (asking = null));
      return asking;
    },
    series: (request) => recorder.query(request),
    dispose: () => recorder.dispose(),
  };
}

async function roomOf(kernel: Kernel, store: Pick<Store, 'read'>) {
  const [space, recorded] = await Promise.all([kernel.recording.space(), store.read.recordedBytes()]);
  return { free: space.freeBytes, recorded };
}

/** Each process once; what the kernel or a model knows of it says more than the shell does. */
function ownProcesses({ kernel, ai, shellProcesses }: HealthOptions): OwnProcess[] {
  const models = new Map((ai.containers?.list() ?? []).map(({ pid, id }) => [pid, `model ${id}`]));
  const known = kernel.processes();
  const pids = new Set(known.map(({ pid }) => pid));
  const shell = shellProcesses().filter(({ pid }) => !pids.has(pid));
  return [...shell.map(({ pid, kind }) => ({ pid, kind: models.get(pid) ?? kind, stream: null })), ...known];
}
