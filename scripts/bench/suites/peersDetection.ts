import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { AiEvent } from '../../../contract';
import type { CodedClock } from '../../cameras/codedClock';
import { startCodedClock } from '../../cameras/codedClock';
import { writeModel } from '../../../test/containers/quarters';
import { exportedCameras } from '../lib/exportedCameras';
import { rounded, summarise } from '../lib/result';
import type { Cleanup } from '../lib/setup';
import { temporaryFolder } from '../lib/setup';
import { addCamera } from '../lib/setup';
import type { RunningApp } from '../../../e2e/app';
import { launchApp } from '../../../e2e/app';
import type { Run } from '../measure';
import { installed } from '../peers/children';
import { startMotionEvents } from '../peers/motionEvents';
import type { NotRun } from '../peers/table';

const CAMERA = { width: 640, height: 360, fps: 15, gop: 15, kbps: 800 } as const;
/** Long apart: what a body hid counts as motion until a detector has learnt it again, which takes Motion ten seconds. */
const VISITS = { every_s: 20, stay_s: 1 } as const;
const SECONDS = 122;
/** The default of an assignment. */
const FPS = 5;
const MODEL = 'quarters';
/** Later than this after a visit began, it was not noticed by that. */
const NOTICED_MS = 3000;
/** Without motion for so long, it begins anew. */
const QUIET_MS = 700;
const PATIENCE_MS = 60_000;

/** When something comes into a still picture, how long until each program says so. */
export async function detectionDelays(run: Run, cleanup: Cleanup, notRun: NotRun[]): Promise<void> {
  const camera = await startCodedClock({ ...CAMERA, visits: VISITS });
  cleanup.add(() => camera.stop());
  const app = await watchingApp(cleanup, camera);
  const moved: number[] = [];
  let lastMoved = 0;
  const exported = await exportedCameras(cleanup, (_cameraId, _wallUs, mask) => {
    if (mask.every((byte) => byte === 0)) return;
    // What a body left behind may still count as motion when the next one comes: only what begins is told.
    if (Date.now() - lastMoved > QUIET_MS) moved.push(Date.now());
    lastMoved = Date.now();
  });
  const id = exported.start(camera.url);
  exported.frames.subscribeFrames(id, { fps: FPS });
  exported.frames.onFrame(id, () => undefined);
  const folder = await temporaryFolder(cleanup, 'motion');
  const peer = installed('motion') === null ? null : await startMotionEvents(camera.url, folder, CAMERA);
  if (peer === null)
    notRun.push({ peer: 'motion', reason: 'not installed: npm run bench -- --install-peers' });
  else cleanup.add(() => peer.stop());
  await delayUntil('frames come', () => (exported.frames.status(id)?.published ?? 0) > FPS, run.signal);
  // One visit for everybody to start with.
  await delay(VISITS.every_s * 1000, undefined, { signal: run.signal });
  await camera.visits();
  await delay(SECONDS * 1000, undefined, { signal: run.signal });
  const came = await camera.visits();
  await delay(NOTICED_MS, undefined, { signal: run.signal });
  const events = (await app.vas.query('ai-events.list', { limit: 100 })).events;
  const begins = (await peer?.begins()) ?? [];
  await app.close();
  const common =
    `A still 640x360 scene, ${String(CAMERA.fps)} pictures a second, into which a bright body comes every ${String(VISITS.every_s)} s; from the painting of its ` +
    'first picture, all programs watching the same camera at the same time. A visit that was not noticed within 3 s is missed. ';
  const tell = (name: string, at: readonly number[], method: string) => {
    const found = came.map((ms) => at.find((one) => one >= ms && one < ms + NOTICED_MS));
    const delays = found.flatMap((one, n) => (one === undefined ? [] : [one - (came[n] ?? NaN)]));
    const missed = came.length - delays.length;
    if (delays.length === 0) {
      notRun.push({ peer: name, reason: `none of ${String(came.length)} visits was noticed within 3 s` });
      return;
    }
    const samples = { ...summarise(delays), raw: delays.map(rounded), visits: came.length, missed };
    run.note(`${name}: ${JSON.stringify(samples)}`);
    run.result({
      id: `peers-delay.${name}`,
      ...{ value: samples.p50, unit: 'ms', samples, method: common + method },
    });
  };
  tell(
    'ours_motion_p50_ms',
    moved,
    `Our motion mask, of ${String(FPS)} decoded pictures a second, after ${String(QUIET_MS)} ms without motion.`,
  );
  tell(
    'ours_event_p50_ms',
    events.map(createdAt),
    `An event of ours in the store: ${String(FPS)} pictures a second through ring, container (a small network for the body), tracker (seen twice) and ` +
      'policy (an object that was not there before). What a large model takes comes on top (suite infer).',
  );
  if (peer !== null)
    tell('motion_event_p50_ms', begins, 'on_event_start of Motion, its own threshold, one picture enough.');
}

/** The application, recording the camera and looking at it with a model that finds bright quarters. */
async function watchingApp(cleanup: Cleanup, camera: CodedClock): Promise<RunningApp> {
  const dataDir = await temporaryFolder(cleanup, 'detection');
  await writeModel(path.join(dataDir, 'models'), { id: MODEL });
  const app = await launchApp({ dataDir, env: { AI_FRAME_EXPORT_ENABLED: 'true' } });
  cleanup.add(() => (app.ended ? undefined : app.close()));
  const cameraId = await addCamera(app.vas, 'Visits', camera.url);
  await app.vas.command('ai-model-assignments.create', {
    ...{ camera_id: cameraId, model_id: MODEL, desired_fps: FPS },
  });
  return app;
}

const createdAt = ({ created_at }: AiEvent): number => Date.parse(created_at);

/** @throws Error naming `what` after a minute */
export async function delayUntil(what: string, condition: () => boolean, signal: AbortSignal): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`not in time: ${what}`);
    await delay(20, undefined, { signal });
  }
}
