import { setTimeout as delay } from 'node:timers/promises';
import type { RunningApp } from '../../../e2e/app';
import { openCameras, reconnectsOf, startFleet, whenAllRun } from '../lib/fleet';
import { sampleTree, total, usedBetween } from '../lib/processCpu';
import { rounded } from '../lib/result';
import { launch, temporaryFolder, withCleanup } from '../lib/setup';
import type { Run } from '../measure';

/** Cameras that come with each step. */
const STEPS = [32, 32, 16, 16] as const;
const MOST = STEPS.reduce((sum, count) => sum + count, 0);
const SETTLE_MS = 3_000;
const HOLD_MS = 14_000;
/** The bar of the loop's delay, milliseconds. */
const LOOP_MS = 20;
/** Recordings follow each other; a picture may lie between two, milliseconds. */
const GAP_MS = 150;
/** A suite ends within three minutes; a step takes about this long, milliseconds. */
const LIMIT_MS = 170_000;
const STEP_MS = 24_000;

interface Step {
  readonly cameras: number;
  readonly is_held: boolean;
  readonly loop_delay_p99_ms: number;
  readonly reconnects: number;
  readonly longest_gap_ms: number;
  readonly cores_ours: number;
  readonly cores_source: number;
}

/** How many small cameras are held with recording on. */
export function scale(run: Run): Promise<void> {
  return withCleanup(run.signal, async (cleanup) => {
    const began = performance.now();
    const server = await startFleet(cleanup, MOST);
    const app = await launch(cleanup, await temporaryFolder(cleanup, 'scale'));
    // Nothing is watched: the figure is about holding and recording.
    await app.page.getByRole('link', { name: 'Settings' }).click();
    const ids: string[] = [];
    const steps: Step[] = [];
    for (const count of STEPS) {
      if (performance.now() - began > LIMIT_MS - STEP_MS) break;
      run.signal.throwIfAborted();
      try {
        ids.push(...(await openCameras(app.vas, count, server.url, ids.length)));
        await whenAllRun(app.vas, ids);
      } catch (error) {
        run.note(`${String(ids.length)} cameras do not all run: ${String(error)}`);
        break;
      }
      const step = await hold(app, ids, server.pid);
      steps.push(step);
      run.note(JSON.stringify(step));
      if (!step.is_held) break;
    }
    run.result({
      id: 'scale.cameras',
      value: Math.max(0, ...steps.filter(({ is_held }) => is_held).map(({ cameras }) => cameras)),
      unit: 'cameras',
      samples: steps,
      method:
        `The real application with 640x360 cameras of 15 pictures a second and 500 kb/s, recording on, nothing watched, in steps of ` +
        `${STEPS.join(', ')}, each an RTSP stream of its own, copied from one replayed clip; each step is held for ${String(HOLD_MS / 1000)} s. Held: every camera runs without a ` +
        `reconnect, its segments follow each other within ${String(GAP_MS)} ms, and the p99 of the main process's event-loop delay (health.get) is at ` +
        `most ${String(LOOP_MS)} ms. CPU of the source is counted apart, in cores.`,
    });
  });
}

async function hold(app: RunningApp, ids: readonly string[], sourcePid: number): Promise<Step> {
  await delay(SETTLE_MS);
  const before = await reconnectsOf(app.vas, ids);
  const ours = sampleTree(app.pid);
  const source = sampleTree(sourcePid);
  // The first call begins the measurement.
  await app.vas.query('health.get', {});
  const from = Date.now();
  await delay(HOLD_MS);
  const loop = (await app.vas.query('health.get', {})).event_loop_delay_p99_ms;
  const seconds = (Date.now() - from) / 1000;
  const cores = (first: ReturnType<typeof sampleTree>, pid: number) =>
    rounded(total(usedBetween(first, sampleTree(pid))) / seconds);
  const coresOurs = cores(ours, app.pid);
  const coresSource = cores(source, sourcePid);
  const after = await reconnectsOf(app.vas, ids);
  const reconnects = after.reduce((sum, count, index) => sum + count - (before[index] ?? 0), 0);
  const gaps = await Promise.all(ids.map((id) => longestGap(app, id, from)));
  const gap = Math.max(0, ...gaps);
  return {
    cameras: ids.length,
    is_held: reconnects === 0 && gap <= GAP_MS && loop <= LOOP_MS,
    loop_delay_p99_ms: rounded(loop),
    reconnects,
    longest_gap_ms: gap,
    cores_ours: coresOurs,
    cores_source: coresSource,
  };
}

/** Between the segments of a camera that end after `fromMs`, milliseconds. */
async function longestGap(app: RunningApp, cameraId: string, fromMs: number): Promise<number> {
  const { segments } = await app.vas.query('recordings.segments', {
    device_id: cameraId,
    start: new Date(fromMs).toISOString(),
    end: new Date(Date.now() + 60_000).toISOString(),
  });
  const spans = segments
    .map(({ start, end }) => [Date.parse(start), Date.parse(end)] as const)
    .sort((a, b) => a[0] - b[0]);
  return Math.max(0, ...spans.slice(1).map(([start], index) => start - (spans[index]?.[1] ?? start)));
}
