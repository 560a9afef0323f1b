import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readableVideo } from './files';
import { recordedFiles } from '../../e2e/support/files';
import type { Cleanup } from '../bench/lib/setup';
import { temporaryFolder, withCleanup } from '../bench/lib/setup';
import { DiskVolume } from './diskVolume';
import { FootageLog } from './footageLog';
import { hurt } from './hurt';
import type { HappenedFault, TileSample } from './judge';
import { findGaps, findOverlaps, frozenUnsignalled } from './judge';
import { networksPossible } from './namespaces';
import type { FaultKind, PlannedFault } from './plan';
import { CAMERA_FAULTS, planFaults, WORKSTATION_FAULTS } from './plan';
import type { SoakReport } from './report';
import { SoakCamera } from './soakCamera';
import { AiLog, eventsKept, withEventsKept } from './aiSeen';
import type { UsageSample } from './usage';
import { growth, sampleUsage } from './usage';
import { SoakWorkstation } from './workstation';

export { describe } from './report';

export interface SoakOptions {
  readonly cameras: number;
  readonly minutes: number;
  readonly seed: number;
  /** With the frame export, and a detector on the first camera. */
  readonly ai: boolean;
  /** Only these kinds; null for all that are possible. */
  readonly faults: readonly string[] | null;
  readonly signal: AbortSignal;
}

/** People who walk by. */
const PEOPLE = path.resolve('assets/footage/pedestrians-768x576.mp4');
const RULES = { recoverWithinMs: 20_000 };
/** A tile has to say within this time that its picture stands still. */
const FROZEN_MS = 8_000;
const LOOK_EVERY_MS = 1_000;
const USAGE_EVERY_LOOKS = 5;
/** The last segments are registered when they are complete. */
const SETTLE_MS = 15_000;

/** Runs the workstation under faults and judges what came of it. */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  let report: SoakReport | undefined;
  await withCleanup(options.signal, async (cleanup) => {
    report = await run(options, cleanup);
  });
  if (!report) throw new Error('the soak was ended before it could be judged');
  return report;
}

async function run(options: SoakOptions, cleanup: Cleanup): Promise<SoakReport> {
  const dataDir = await temporaryFolder(cleanup, 'soak');
  const recordings = path.join(dataDir, 'recordings');
  mkdirSync(recordings, { mode: 0o700 });
  const disk = await DiskVolume.mount(recordings);
  if (disk) cleanup.add(() => disk.remove());
  const ownNetwork = await networksPossible();
  const known: readonly FaultKind[] = [...CAMERA_FAULTS, ...WORKSTATION_FAULTS];
  const strange = options.faults?.filter((kind) => !known.includes(kind as FaultKind)) ?? [];
  if (strange.length > 0)
    throw new Error(`there is no fault ${strange.join(', ')}; there are ${known.join(', ')}`);
  const possible = new Set(known.filter((kind) => options.faults?.includes(kind) ?? true));
  if (!ownNetwork) possible.delete('loss');
  if (!disk) possible.delete('disk-full');
  if (!options.ai) possible.delete('container-killed');
  const plan = planFaults({ ...options, possible });

  const cameras: SoakCamera[] = [];
  for (let index = 0; index < options.cameras; index++) {
    // The detector's camera shows what there is to detect.
    const footage = options.ai && index === 0 ? { footage: PEOPLE } : {};
    const camera = await SoakCamera.start({ index, ownNetwork, fps: 15, kbps: 500, ...footage });
    cleanup.add(() => camera.stop());
    cameras.push(camera);
  }
  const workstation = await SoakWorkstation.start(dataDir, { ai: options.ai });
  cleanup.add(() => (workstation.app.ended ? undefined : workstation.app.close()));
  await workstation.addCameras(cameras.map(({ url }) => url));
  if (options.ai) await workstation.detect();

  const began = performance.now();
  const beganMs = Date.now();
  const log = (text: string) =>
    console.log(`[${((performance.now() - began) / 1000).toFixed(1).padStart(7)} s] ${text}`);
  log(`${String(options.cameras)} cameras run, ${String(plan.length)} faults are planned`);
  const watched = watch(workstation, options.minutes * 60_000 - SETTLE_MS, options.signal);
  const footageLog = new FootageLog(dataDir);
  const following = new AbortController();
  const followed = footageLog.follow(following.signal);
  cleanup.add(() => {
    following.abort();
    return followed;
  });
  const faults = await happen(plan, began, { cameras, workstation, disk }, log);
  await watched.ended;
  await delay(SETTLE_MS);
  const judgedUntilMs = Date.now();
  following.abort();
  await followed;

  const files = recordedFiles(dataDir);
  // What is being written now is judged with its camera still at it: its complete part must be readable.
  const unreadable: string[] = [];
  for (const file of files) if (!(await readableVideo(file))) unreadable.push(path.relative(dataDir, file));
  const problem = await closing(workstation);
  // Quitting registers what was open.
  footageLog.look();
  const ai = options.ai ? withEventsKept(watched.ai.total, eventsKept(dataDir)) : null;

  const footage = workstation.cameraIds.map((id) => footageLog.of(id));
  const gaps = footage.flatMap((one, camera) => findGaps(camera, one, faults, RULES));
  const frozen = frozenUnsignalled(watched.tiles, FROZEN_MS);
  const silent = footage.flatMap((one, camera) => (one.length === 0 ? [camera] : []));
  const overlaps = footage.flatMap((one, camera) => findOverlaps(camera, one));
  const unexplained = gaps.filter(({ fault }) => fault === null);
  return {
    ...{ seed: options.seed, cameras: options.cameras, minutes: options.minutes, ai: options.ai },
    ...{ beganMs, judgedUntilMs, faults, gaps, unexplained, overlaps, unreadable, frozen },
    notRun: known.filter((kind) => !possible.has(kind)),
    files: files.length,
    camerasWithoutFootage: silent,
    leftBehind: problem,
    aiSeen: ai,
    usage: watched.usage,
    growth: growth(watched.usage),
    passed:
      [unexplained, overlaps, unreadable, frozen, silent].every(({ length }) => length === 0) &&
      (ai?.eventsMissing ?? 0) === 0 &&
      problem === null,
  };
}

/** Lets the planned faults happen at their time, those of different cameras side by side. */
async function happen(
  plan: readonly PlannedFault[],
  began: number,
  world: Parameters<typeof hurt>[0],
  log: (text: string) => void,
): Promise<HappenedFault[]> {
  const running = plan.map(async (fault) => {
    await delay(Math.max(0, fault.atMs - (performance.now() - began)));
    const where = fault.camera === null ? 'workstation' : `camera ${String(fault.camera + 1)}`;
    log(`${fault.kind}, ${where}${fault.lastsMs > 0 ? `, ${(fault.lastsMs / 1000).toFixed(1)} s` : ''}`);
    return hurt(world, fault);
  });
  return Promise.all(running);
}

interface Watch {
  readonly tiles: TileSample[];
  readonly usage: UsageSample[];
  readonly ai: AiLog;
  readonly ended: Promise<void>;
}

/** Looks at the application every second for a while. */
function watch(workstation: SoakWorkstation, forMs: number, signal: AbortSignal): Watch {
  const tiles: TileSample[] = [];
  const usage: UsageSample[] = [];
  const ai = new AiLog();
  const endMs = performance.now() + forMs;
  const work = async (): Promise<void> => {
    for (let look = 0; performance.now() < endMs && !signal.aborted; look++) {
      try {
        tiles.push(...(await workstation.tiles()));
        if (look % USAGE_EVERY_LOOKS === 0) {
          const { app } = workstation;
          const sample = sampleUsage(
            app.pid,
            app.family().map((one) => one.pid),
          );
          if (sample) usage.push(sample);
          const health = await workstation.query('health.get', {});
          if (health) ai.look(app.pid, health);
        }
      } catch {
        // The application was just killed.
      }
      await delay(LOOK_EVERY_MS);
    }
  };
  return { tiles, usage, ai, ended: work() };
}

/** Quits as a user would. @returns what was left behind, null when nothing was */
async function closing(workstation: SoakWorkstation): Promise<string | null> {
  try {
    await workstation.app.close();
    return null;
  } catch (error) {
    return String(error);
  }
}
