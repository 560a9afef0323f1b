import { stat, statfs } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { CameraHealth, DetectorHealth, HealthReport, ResponseOf } from '../../../contract';
import type { EventHealth } from '../../events/events';
import type { FolderReport } from '../../kernel/recording/folders/recordingFolders';
import type { StreamStatus } from '../../kernel/streams';
import { streamIdOf } from '../../kernel/streams';
import type { StoreFigures } from '../../store/types';
import type { DeviceRow, Store } from '../../store/types';
import type { LoopDelay } from '../eventLoop';
import type { Counters } from './counters';
import type { Rates } from './rates';
import { judgeAreas } from './areas';

type Outlook = ResponseOf<'recordings.outlook'>;

/** What a report is made of besides counters. */
export interface ReportParts {
  readonly nowUs: number;
  readonly startedUs: number;
  readonly counters: Counters;
  readonly rates: Rates;
  readonly delay: LoopDelay;
  /** False: the database fails, and what is known of it is from before. */
  readonly isStoreOpen: boolean;
  readonly devices: readonly DeviceRow[];
  readonly statuses: readonly StreamStatus[];
  readonly shallRecord: (cameraId: string) => boolean;
  readonly isExporting: boolean;
  readonly folders: readonly FolderReport[];
  readonly outlook: Outlook;
  readonly dataDir: string;
  readonly store: Pick<Store, 'figures'>;
  readonly sfu: {
    readonly workers: number;
    readonly producers: number;
    readonly consumers: number;
    readonly transports: number;
  };
}

const iso = (us: number): string => new Date(us / 1000).toISOString();

export async function makeReport(parts: ReportParts): Promise<HealthReport> {
  const { counters, rates, delay } = parts;
  const [data, vas, events] = await Promise.all([
    statfs(parts.dataDir),
    databaseBytes(path.join(parts.dataDir, 'vas.db')),
    databaseBytes(path.join(parts.dataDir, 'events.db')),
  ]);
  const space = { free_bytes: data.bavail * data.bsize, total_bytes: data.blocks * data.bsize };
  const cameras = parts.devices.map((device) => cameraHealth(device, parts));
  const current = parts.folders.find(({ isCurrent }) => isCurrent);
  const missing = { free_bytes: 0, total_bytes: 0 };
  const currentSpace = current?.space
    ? { free_bytes: current.space.free, total_bytes: current.space.total }
    : // Before the first recording its folder does not exist.
      current?.isDefault === true
      ? space
      : missing;
  const facts = {
    service: 'VAS Workstation' as const,
    timestamp: iso(parts.nowUs),
    uptime_s: (counters.atUs - parts.startedUs) / 1e6,
    event_loop_delay_p99_ms: delay.p99,
    event_loop_delay_p50_ms: delay.p50,
    event_loop_delay_max_ms: delay.max,
    processes: counters.processes.map(({ kind, pid, stream }) => ({
      ...{ kind, pid, stream },
      cpu_percent: rates.processes.get(pid)?.cpuPercent ?? null,
      memory_bytes: rates.processes.get(pid)?.memoryBytes ?? null,
    })),
    totals: totals(counters, rates),
    cameras,
    detectors: counters.models.map((model) => detectorHealth(model, rates)),
    detection_fps: sum(cameras.map(({ detection_fps }) => detection_fps)),
    frames: framesHealth(parts),
    store: {
      databases: [
        { name: 'vas' as const, is_open: parts.isStoreOpen, ...vas, ...callsOf(parts.store.figures()) },
        {
          name: 'events' as const,
          is_open: counters.events.store.state !== 'failing',
          ...events,
          ...callsOf(counters.events.figures),
        },
      ],
      events: eventsHealth(counters.events),
    },
    sfu: { ...parts.sfu, in: { ...counters.traffic.in }, out: { ...counters.traffic.out } },
    disks: {
      folders: parts.folders.map((folder) => folderHealth(folder, parts.outlook)),
      data: space,
      write_bytes_per_s: sum(cameras.map(({ ingest_bytes_per_s }) => ingest_bytes_per_s)),
      days: parts.outlook.days,
      limit: parts.outlook.limit,
      bytes_per_day: parts.outlook.bytes_per_day,
      unmeasured: parts.outlook.unmeasured,
    },
    storage: { recordings_bytes: parts.outlook.recorded_bytes, ...currentSpace },
  };
  const areas = judgeAreas(facts);
  const isWell = areas.every(({ state }) => state === 'ok' || state === 'off');
  return { ...facts, areas, status: isWell ? 'healthy' : 'degraded' };
}

function sum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
}

export function totals({ processes }: Counters, rates: Rates): HealthReport['totals'] {
  const all = [...rates.processes.values()];
  const main = rates.processes.get(processes[0]?.pid ?? 0);
  return {
    cpu_percent: sum(all.map(({ cpuPercent }) => cpuPercent)),
    cores: os.availableParallelism(),
    memory_bytes: sum(all.map(({ memoryBytes }) => memoryBytes)) ?? 0,
    main_cpu_percent: main?.cpuPercent ?? null,
    main_memory_bytes: main?.memoryBytes ?? 0,
    ingest_bytes_per_s: sum([...rates.cameras.values()].map(({ ingestBytesPerS }) => ingestBytesPerS)),
  };
}

function cameraHealth(device: DeviceRow, parts: ReportParts): CameraHealth {
  const { id } = device;
  const main = parts.statuses.find(({ streamId }) => streamId === id);
  const sub = parts.statuses.find(({ streamId }) => streamId === streamIdOf(id, 'sub'));
  const figures = parts.counters.streams.get(id);
  const rates = parts.rates.cameras.get(id);
  const frames = parts.counters.frames.find(({ cameraId }) => cameraId === id);
  const archive = parts.outlook.cameras.find(({ device_id }) => device_id === id);
  const video = main?.info?.video;
  return {
    camera_id: id,
    name: device.name,
    is_active: device.isActive,
    phase: main?.phase ?? 'stopped',
    fault: main?.fault?.code ?? null,
    since: main === undefined ? null : iso(main.sinceUs),
    shall_record: parts.shallRecord(id),
    // A camera that does not run gives nothing, whatever it did before.
    camera_fps: main === undefined ? null : (rates?.cameraFps ?? null),
    announced_fps: video?.fps ?? null,
    process_fps: rates?.processFps ?? null,
    skipped_fps: rates?.skippedFps ?? null,
    detection_fps: rates?.detectionFps ?? null,
    ingest_bytes_per_s: main === undefined ? null : (rates?.ingestBytesPerS ?? null),
    codec: video?.codec ?? null,
    width: video?.width ?? null,
    height: video?.height ?? null,
    ffmpeg_pid: main?.pid ?? null,
    decoder_pid: frames?.decoderPid ?? null,
    sub_phase: sub?.phase ?? 'stopped',
    reconnects: figures?.reconnects ?? 0,
    gaps: figures?.gaps ?? 0,
    gap_seconds: figures?.gapSeconds ?? 0,
    last_gap: figures?.lastGapUs == null ? null : iso(figures.lastGapUs),
    recorded_bytes: archive?.recorded_bytes ?? 0,
    oldest: archive?.oldest ?? null,
    bytes_per_day: archive?.bytes_per_day ?? null,
  };
}

function detectorHealth(model: Counters['models'][number], rates: Rates): DetectorHealth {
  const { figures, pid } = model;
  return {
    model_id: model.id,
    name: model.manifest.model_name,
    state: model.state,
    reason: model.reason,
    pid,
    heartbeat_age_ms: model.heartbeatAgeMs,
    inference_speed: figures.modelMs?.p50 ?? null,
    latency_p99_ms: figures.latencyMs?.p99 ?? null,
    rate: figures.throughput,
    requests: figures.requests,
    answered: figures.answered,
    queue_refusals: figures.busy,
    timeouts: figures.timeouts,
    errors: figures.errors,
    late: figures.late,
    memory_bytes: (pid === null ? null : rates.processes.get(pid)?.memoryBytes) ?? null,
    device: model.device === null ? null : { ...model.device },
  };
}

function framesHealth({ counters, isExporting }: ReportParts): HealthReport['frames'] {
  const lost = (reason: 'overwritten' | 'torn' | 'stale' | 'other') =>
    counters.models.reduce((total, { figures }) => total + figures.frames[reason], 0);
  return {
    is_running: isExporting,
    published: counters.frames.reduce((total, { published }) => total + published, 0),
    overwritten: lost('overwritten'),
    torn: lost('torn'),
    stale_reads: lost('stale'),
    unreadable: lost('other'),
    decoders: counters.frames.map((one) => ({
      camera_id: one.cameraId,
      stream: one.stream,
      phase: one.phase,
      fps: one.fps,
      wanted_fps: one.rate,
      method: one.decoding?.method ?? null,
      published: one.published,
      losses: one.drops.losses,
      refused: one.drops.refused + one.drops.misfits,
      restarts: one.restarts,
      problem: one.problem,
    })),
  };
}

function folderHealth(folder: FolderReport, outlook: Outlook): HealthReport['disks']['folders'][number] {
  const { space } = folder;
  const isFilling = folder.isWritten && space !== null && outlook.bytes_per_day > 0;
  return {
    id: folder.id,
    path: folder.path,
    state: folder.state,
    is_current: folder.isCurrent,
    free_bytes: space?.free ?? null,
    total_bytes: space?.total ?? null,
    floor_bytes: space?.floor ?? null,
    recorded_bytes: folder.bytes,
    oldest: folder.oldestUs === null ? null : iso(folder.oldestUs),
    days_until_full: isFilling ? Math.max(0, space.free - space.floor) / outlook.bytes_per_day : null,
  };
}

function eventsHealth({ stored, drops, mediaFailed }: EventHealth): HealthReport['store']['events'] {
  const { invalid, unknown_camera, overload, store } = drops;
  return { stored, media_failed: mediaFailed, dropped: { invalid, unknown_camera, overload, store } };
}

interface PoolFigures {
  readonly writer: StoreFigures;
  readonly readers: StoreFigures;
}

function callsOf(figures: PoolFigures | null) {
  const of = ({ queue, calls, failures, timeouts, latencyMs }: StoreFigures) => ({
    ...{ queue, calls, failures, timeouts },
    latency_ms: latencyMs === null ? null : { ...latencyMs },
  });
  return figures === null
    ? { writer: null, readers: null }
    : { writer: of(figures.writer), readers: of(figures.readers) };
}

export async function databaseBytes(file: string): Promise<{ bytes: number; wal_bytes: number }> {
  const sizeOf = async (name: string): Promise<number> => {
    try {
      return (await stat(name)).size;
    } catch {
      return 0;
    }
  };
  const [bytes, wal_bytes] = await Promise.all([sizeOf(file), sizeOf(`${file}-wal`)]);
  return { bytes, wal_bytes };
}
