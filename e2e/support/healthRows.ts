import path from 'node:path';
import Database from 'better-sqlite3';
import { healthSeriesWrites } from '../../main/store/queries/healthSeries';
import { seriesName } from '../../main/health/series/metrics';
import type { HealthMetric } from '../../contract';
import { EVENT_MODEL } from './eventRows';

/** Values of one minute: of the workstation, of a camera and of a model. */
interface Minute {
  readonly workstation: Readonly<Partial<Record<HealthMetric, number>>>;
  readonly camera: Readonly<Partial<Record<HealthMetric, number>>>;
  readonly model: Readonly<Partial<Record<HealthMetric, number>>>;
}

/** A camera that is lost every 23 minutes, somebody who watches now and then, and people who come in waves. */
function minuteAt(index: number): Minute {
  const wave = Math.sin(index / 6);
  const lost = index % 23 === 22 ? 1 : 0;
  const watched = index % 20 < 8 ? 1 : 0;
  const bytesPerS = (510_000 + 60_000 * wave) * (1 - lost);
  const seenFps = 5 * (1 - lost);
  return {
    workstation: {
      ...{ cpu_percent: 14 + 4 * wave, main_cpu_percent: 6 + 2 * wave },
      ...{ memory_bytes: 720e6 + 12e6 * wave, main_memory_bytes: 310e6 + 1e5 * index },
      ...{ event_loop_delay_ms: 2 + 6 * Math.abs(wave), cameras_running: 1 - lost },
      ...{ ingest_total_bytes_per_s: bytesPerS, reconnects_total: lost },
      ...{ detection_total_fps: seenFps, skipped_total_fps: lost, frames_unreadable: 0 },
      ...{ events_stored: Math.max(0, Math.round(4 * wave)), events_dropped: 0 },
      ...{ store_latency_ms: 3 + 2 * Math.abs(wave), store_queue: index % 9 === 0 ? 2 : 0 },
      ...{ wal_bytes: 400_000 + 40_000 * (index % 12), sfu_producers: 1, sfu_consumers: watched },
      ...{ sfu_in_bytes_per_s: bytesPerS, sfu_out_bytes_per_s: watched * bytesPerS, sfu_lost: 0 },
      ...{ disk_free_bytes: 73e9 - 30e6 * index, recorded_bytes: 2e9 + 30e6 * index },
    },
    camera: {
      ...{ camera_fps: 25 * (1 - lost), process_fps: 10 * (1 - lost), detection_fps: seenFps },
      ...{ skipped_fps: lost, ingest_bytes_per_s: bytesPerS, reconnects: lost },
    },
    model: {
      ...{ inference_speed: 24 + 5 * Math.abs(wave), detector_rate: seenFps, queue_refusals: lost },
    },
  };
}

/**
 * Puts an hour of minutes into a closed data folder, through the writes of the application's own store.
 * The newest is the last full minute.
 */
export function seedHealth(dataDir: string, cameraId: string, minutes = 60): void {
  const db = new Database(path.join(dataDir, 'vas.db'));
  try {
    const { saveHealthMinute } = healthSeriesWrites(db);
    const lastS = Math.floor(Date.now() / 60_000) * 60 - 60;
    for (let index = 0; index < minutes; index++) {
      const { workstation, camera, model } = minuteAt(index);
      const named = (values: Minute['camera'], subject: string | null) =>
        Object.entries(values).map(
          ([metric, value]) => [seriesName(metric as HealthMetric, subject), value] as const,
        );
      const all = [...named(workstation, null), ...named(camera, cameraId), ...named(model, EVENT_MODEL)];
      saveHealthMinute(
        {
          atS: lastS - (minutes - 1 - index) * 60,
          names: all.map(([name]) => name),
          values: Float32Array.from(all, ([, value]) => value),
        },
        0,
      );
    }
  } finally {
    db.close();
  }
}
