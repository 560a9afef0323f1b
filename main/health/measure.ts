import path from 'node:path';
import type { HealthMetric } from '../../contract';
import type { Counters } from './now/counters';
import type { Rates } from './now/rates';
import { databaseBytes, totals } from './now/report';
import { seriesName } from './series/metrics';
import type { StoreFigures } from '../store/types';

export interface MeasureParts {
  readonly counters: Counters;
  readonly rates: Rates;
  /** Worst delay of the event loop since the measurement before, milliseconds. */
  readonly delayMs: number;
  readonly store: { readonly writer: StoreFigures; readonly readers: StoreFigures };
  readonly sfu: { readonly producers: number; readonly consumers: number };
  readonly running: number;
  /** Of the disk that is recorded to; null while it is not known. */
  readonly freeBytes: number | null;
  readonly recordedBytes: number | null;
  readonly dataDir: string;
}

/** The values that are kept over time, by name of their series. */
export async function measureSeries(parts: MeasureParts): Promise<Map<string, number>> {
  const { counters, rates } = parts;
  const values = new Map<string, number>();
  const put = (
    metric: HealthMetric,
    value: number | null | undefined,
    subject: string | null = null,
  ): void => {
    if (value != null && Number.isFinite(value)) values.set(seriesName(metric, subject), value);
  };
  const all = totals(counters, rates);
  put('cpu_percent', all.cpu_percent);
  put('main_cpu_percent', all.main_cpu_percent);
  put('memory_bytes', all.memory_bytes);
  put('main_memory_bytes', all.main_memory_bytes);
  put('event_loop_delay_ms', parts.delayMs);
  put('cameras_running', parts.running);
  put('ingest_total_bytes_per_s', all.ingest_bytes_per_s);
  put('frames_unreadable', rates.unreadable);
  put('events_stored', rates.eventsStored);
  put('events_dropped', rates.eventsDropped);
  put('store_queue', parts.store.writer.queue + parts.store.readers.queue);
  put('store_latency_ms', parts.store.writer.latencyMs?.p99);
  const [vas, events] = await Promise.all(
    ['vas.db', 'events.db'].map((name) => databaseBytes(path.join(parts.dataDir, name))),
  );
  put('wal_bytes', (vas?.wal_bytes ?? 0) + (events?.wal_bytes ?? 0));
  put('sfu_producers', parts.sfu.producers);
  put('sfu_consumers', parts.sfu.consumers);
  put('sfu_in_bytes_per_s', rates.sfuInBytesPerS);
  put('sfu_out_bytes_per_s', rates.sfuOutBytesPerS);
  put('sfu_lost', rates.sfuLost);
  put('disk_free_bytes', parts.freeBytes);
  put('recorded_bytes', parts.recordedBytes);

  let reconnects = 0;
  let detections: number | null = null;
  let skipped: number | null = null;
  for (const [id, camera] of rates.cameras) {
    reconnects += camera.reconnects;
    if (camera.detectionFps !== null) detections = (detections ?? 0) + camera.detectionFps;
    if (camera.skippedFps !== null) skipped = (skipped ?? 0) + camera.skippedFps;
    put('camera_fps', camera.cameraFps, id);
    put('process_fps', camera.processFps, id);
    put('skipped_fps', camera.skippedFps, id);
    put('detection_fps', camera.detectionFps, id);
    put('ingest_bytes_per_s', camera.ingestBytesPerS, id);
    put('reconnects', camera.reconnects, id);
  }
  put('reconnects_total', reconnects);
  put('detection_total_fps', detections);
  put('skipped_total_fps', skipped);
  for (const { id, figures, state } of counters.models) {
    if (state === 'stopped') continue;
    put('inference_speed', figures.modelMs?.p50, id);
    put('detector_rate', figures.throughput, id);
    put('queue_refusals', rates.refusals.get(id), id);
  }
  return values;
}
