import type { CameraHealth, DetectorHealth, HealthArea, HealthReport } from '../../../contract';

/** Event-loop delay above which the workstation counts as slow, milliseconds (bars: 20). */
export const SLOW_LOOP_MS = 50;
/** A store whose answers take longer holds others up, milliseconds. */
const SLOW_STORE_MS = 1_000;
/** A disk below this share of its floor is full: retention keeps it at the floor all the time. */
const FULL_SHARE = 0.5;

type Facts = Omit<HealthReport, 'areas' | 'status'>;
type Verdict = Omit<HealthArea, 'id'>;

const OK: Verdict = { state: 'ok', code: 'ok', count: 0 };
const OFF: Verdict = { state: 'off', code: 'off', count: 0 };

/** What each part of the workstation comes to. Judges only: nothing is done about it (INV-94). */
export function judgeAreas(facts: Facts): HealthArea[] {
  return [
    { id: 'cameras', ...cameras(facts.cameras) },
    { id: 'recording', ...recording(facts.cameras) },
    { id: 'disks', ...disks(facts.disks) },
    { id: 'live', ...live(facts) },
    { id: 'store', ...store(facts.store) },
    { id: 'frames', ...frames(facts.frames) },
    { id: 'models', ...models(facts.frames.is_running, facts.detectors) },
    { id: 'process', ...loop(facts) },
  ];
}

function cameras(all: readonly CameraHealth[]): Verdict {
  if (all.length === 0) return { state: 'off', code: 'no_cameras', count: 0 };
  // A retry under way is still the same absence.
  const isLost = ({ phase, fault }: CameraHealth): boolean =>
    phase === 'stalled' || phase === 'backing-off' || (phase === 'starting' && fault !== null);
  const lost = all.filter((camera) => camera.is_active && isLost(camera));
  return lost.length === 0 ? OK : { state: 'bad', code: 'cameras_lost', count: lost.length };
}

function recording(all: readonly CameraHealth[]): Verdict {
  const wanted = all.filter(({ is_active, shall_record }) => is_active && shall_record);
  if (wanted.length === 0) return OFF;
  const refused = wanted.filter(({ fault }) => fault === 'storage');
  return refused.length === 0 ? OK : { state: 'bad', code: 'not_recorded', count: refused.length };
}

function disks({ folders }: Facts['disks']): Verdict {
  const missing = folders.filter(
    ({ state, is_current, recorded_bytes }) =>
      // The default folder appears with the first recording.
      state === 'foreign' || (state === 'missing' && (!is_current || recorded_bytes > 0)),
  );
  if (missing.length > 0) return { state: 'bad', code: 'disk_missing', count: missing.length };
  const full = folders.filter(
    ({ is_current, free_bytes, floor_bytes }) =>
      is_current && free_bytes !== null && free_bytes < (floor_bytes ?? 0) * FULL_SHARE,
  );
  return full.length === 0 ? OK : { state: 'bad', code: 'disk_full', count: full.length };
}

function live({ sfu, cameras: all }: Facts): Verdict {
  const isNeeded = all.some(({ phase }) => phase === 'running');
  return isNeeded && sfu.workers === 0 ? { state: 'bad', code: 'no_worker', count: 0 } : OK;
}

function store({ databases }: Facts['store']): Verdict {
  const closed = databases.filter(({ is_open }) => !is_open);
  if (closed.some(({ name }) => name === 'vas')) return { state: 'bad', code: 'store_closed', count: 1 };
  if (closed.length > 0) return { state: 'bad', code: 'events_closed', count: 1 };
  const slow = databases.filter(({ writer }) => (writer?.latency_ms?.p99 ?? 0) > SLOW_STORE_MS);
  return slow.length === 0 ? OK : { state: 'warn', code: 'store_slow', count: slow.length };
}

function frames({ is_running, decoders }: Facts['frames']): Verdict {
  if (!is_running) return OFF;
  const failed = decoders.filter(({ phase }) => phase === 'backing-off');
  return failed.length === 0 ? OK : { state: 'warn', code: 'decoder_failed', count: failed.length };
}

function models(isRunning: boolean, all: readonly DetectorHealth[]): Verdict {
  if (!isRunning) return OFF;
  const gone = all.filter(({ state }) => state === 'unavailable');
  if (gone.length > 0) return { state: 'bad', code: 'model_unavailable', count: gone.length };
  const degraded = all.filter(({ state }) => state === 'degraded');
  return degraded.length === 0 ? OK : { state: 'warn', code: 'model_degraded', count: degraded.length };
}

function loop({ event_loop_delay_p99_ms }: Facts): Verdict {
  return event_loop_delay_p99_ms > SLOW_LOOP_MS ? { state: 'warn', code: 'slow_loop', count: 1 } : OK;
}
