import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { rounded } from '../lib/result';
import type { Cleanup } from '../lib/setup';
import { withCleanup } from '../lib/setup';
import { watchedCameras } from '../lib/watchedCameras';
import type { Run } from '../measure';
import { EventLoad } from './faults/eventLoad';
import { faults } from './faults/faults';
import { StoreDisk } from './faults/storeDisk';

const FPS = 15;
const CAMERAS = 2;
/** How long each fault lasts, and how long it may take until events are stored again, seconds. */
const FAULT_S = 6;
const HEALS_WITHIN_S = 25;

/** The event store fails in every way while cameras are watched and recorded and events come at load. */
export function eventFaults(run: Run): Promise<void> {
  return withCleanup(run.signal, (cleanup) => measure(run, cleanup));
}

async function measure(run: Run, cleanup: Cleanup): Promise<void> {
  const cameras = await watchedCameras(cleanup, CAMERAS, FPS);
  const until = async (what: string, seconds: number, condition: () => boolean) => {
    const end = Date.now() + seconds * 1000;
    while (!condition()) {
      run.signal.throwIfAborted();
      if (Date.now() > end) throw new Error(`not in time: ${what}`);
      await delay(50);
    }
  };
  await until('the cameras are watched', 60, () => cameras.every(({ live }) => live.packets > 100));
  const pids = cameras.map(({ id, ingest }) => ingest.status(id)?.pid);

  const disk = await StoreDisk.mount(cleanup);
  run.note(
    disk.isOwn
      ? 'the store lies on a disk of its own (tmpfs, 48 MiB)'
      : 'no disk of its own: not full, not read-only',
  );
  const load = new EventLoad(
    disk.folder,
    cameras.map(({ id }) => id),
  );
  cleanup.add(() => load.stop());
  const loop = monitorEventLoopDelay({ resolution: 5 });
  loop.enable();
  load.start();
  await until('events are stored', 20, () => load.stored > 100);

  const phases: Record<string, unknown> = {};
  let unhealed = 0;
  for (const fault of faults(disk, load)) {
    if (fault.needsDisk && !disk.isOwn) continue;
    run.signal.throwIfAborted();
    const before = { offered: load.offered, stored: load.stored, lost: load.lost };
    loop.reset();
    await fault.begin();
    await delay(FAULT_S * 1000);
    const during = load.condition;
    await fault.end();
    const stored = load.stored;
    const healed = await until(
      'events are stored again',
      HEALS_WITHIN_S,
      () => load.stored > stored + 20,
    ).then(
      () => load.condition === 'working',
      () => false,
    );
    if (!healed) unhealed++;
    await load.settled();
    const seen = {
      said: during,
      offered: load.offered - before.offered,
      stored: load.stored - before.stored,
      lost_and_counted: load.lost - before.lost,
      healed,
      loop_delay_max_ms: rounded(loop.max / 1e6),
      lost_rtp: cameras.map(({ live }) => live.lost),
    };
    phases[fault.name] = seen;
    run.note(`${fault.name}: ${JSON.stringify(seen)}`);
    load.start();
  }
  await load.settled();
  const longest = Math.max(
    ...Object.values(phases).map((one) => (one as { loop_delay_max_ms: number }).loop_delay_max_ms),
  );
  const changed = cameras.filter(
    ({ id, ingest, recorder }, n) => ingest.status(id)?.pid !== pids[n] || recorder.runs !== 1,
  );
  for (const { id, ingest } of cameras) await ingest.stop(id);
  const missing = await Promise.all(cameras.map(({ recorder }) => recorder.missing(FPS)));
  const samples = { phases, recorded: missing, stored: load.stored, kept: await disk.kept() };
  const method =
    `${String(CAMERAS)} real cameras (1280x720, ${String(FPS)} fps) recorded and watched by the product's ingest, ${String(load.rate)} events a second ` +
    `through policy and persistence; ${String(FAULT_S)} s of each fault. `;
  const result = (id: string, value: number, unit: string, text: string) =>
    run.result({ id: `faults.${id}`, value, unit, samples, method: method + text });
  result(
    'lost_rtp',
    cameras.reduce((sum, { live }) => sum + live.lost, changed.length),
    'packets',
    'RTP packets missing by sequence number; a changed ingest counts as one.',
  );
  result(
    'lost_samples',
    missing.reduce((sum, one) => sum + one.missing, 0),
    'samples',
    'Pictures missing in the recorded segments by their time stamps.',
  );
  result(
    'uncounted',
    Math.abs(load.offered - load.stored - load.lost),
    'events',
    'Offered less stored less lost and counted.',
  );
  result(
    'unhealed',
    unhealed,
    'faults',
    `Faults after which events were not stored within ${String(HEALS_WITHIN_S)} s of their end, or of a new store.`,
  );
  result(
    'loop_delay_ms',
    longest,
    'ms',
    'The longest delay of the event loop that cameras and events share, 5 ms resolution.',
  );
}
