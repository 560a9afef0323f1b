// @ts-check
// The bootstrap: brings a fresh clone to the point where everything can run. Looks first, without locks and
// without starting programs; only what is missing is made.
import { rmSync } from 'node:fs';
import { ensurePackages, missingPackages } from './apt.mjs';
import { findSqlite, makeSqlite, mustCompileSqlite } from './better-sqlite3.mjs';
import { buildAll, bundlesCurrent } from './build.mjs';
import { withLock } from './cache.mjs';
import { dependenciesCurrent, installDependencies } from './dependencies.mjs';
import { needsDisplay } from './display.mjs';
import { findElectron, makeElectron, planElectron } from './electron.mjs';
import { BootstrapError, elapsed, log, seconds, together } from './log.mjs';
import { findWorker, makeWorker, mustBuildWorker } from './mediasoup-worker.mjs';
import { findNative, makeNative, mustCompileNative } from './native-addon.mjs';
import { inCache } from './paths.mjs';
import { findFfmpeg, readRuntime, writeRuntime } from './runtime.mjs';
import { nodeAdvice, nodeIsRecent } from './versions.mjs';

/** @typedef {import('./runtime.mjs').Runtime} Runtime */
/** @typedef {{packages: string[], window: boolean, bundles?: boolean}} Purpose packages: groups of system-packages.mjs */

/** @param {Purpose} purpose @returns {Promise<Runtime>} */
export async function bootstrap(purpose) {
  if (!nodeIsRecent()) throw new BootstrapError(nodeAdvice());
  const packages = ['runtime', ...purpose.packages, ...(purpose.window && needsDisplay() ? ['display'] : [])];
  const bundled = () => purpose.bundles === false || bundlesCurrent();
  const ready = await lookAround(packages);
  if (ready && bundled()) return ready;
  // The default would end us without the exit handlers that end our children.
  const stop = () => process.exit(1);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stop);
  const runtime = ready ?? (await withLock('bootstrap', () => makeEverything(packages)));
  if (!bundled()) await buildAll();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, stop);
  log(`ready after ${seconds(elapsed())}`);
  return runtime;
}

/** @param {string[]} packages @returns {Promise<Runtime | undefined>} undefined as soon as anything is missing */
async function lookAround(packages) {
  if (missingPackages(packages).length > 0 || !dependenciesCurrent()) return undefined;
  const electron = await findElectron();
  const mediasoupWorker = findWorker();
  const ffmpeg = await findFfmpeg(readRuntime()?.ffmpeg);
  const betterSqlite3 = electron && findSqlite(electron);
  const native = findNative();
  if (!electron || !mediasoupWorker || !ffmpeg || !betterSqlite3 || !native) return undefined;
  const runtime = { electron, mediasoupWorker, ffmpeg, betterSqlite3, native };
  writeRuntime(runtime);
  return runtime;
}

/** @param {string[]} packages @returns {Promise<Runtime>} */
async function makeEverything(packages) {
  // Left by bootstraps that were killed; nobody else is at work while we hold the lock.
  rmSync(inCache('tmp'), { recursive: true, force: true });
  // All of it in one go, so that a user without root is given one command and not one after the other.
  const wanted = [...packages, ...(await packagesToBuild())];
  await together(
    () => ensurePackages(wanted),
    async () => {
      if (!dependenciesCurrent()) await installDependencies();
    },
  );
  const electron = (await findElectron()) ?? (await makeElectron(() => ensurePackages(['unzip'])));
  const ffmpeg = await findFfmpeg(undefined);
  if (!ffmpeg) throw new BootstrapError('ffmpeg is not in PATH');
  // The worker takes minutes, and SQLite one core for one of them.
  const [mediasoupWorker, [betterSqlite3, native]] = await together(
    async () =>
      findWorker() ?? (await makeWorker(() => ensurePackages(['compiler', 'workerBuild', 'workerRun']))),
    async () => [
      findSqlite(electron) ?? (await makeSqlite(electron)),
      findNative() ?? (await makeNative(electron)),
    ],
  );
  const runtime = { electron, mediasoupWorker, ffmpeg, betterSqlite3, native };
  writeRuntime(runtime);
  return runtime;
}

async function packagesToBuild() {
  const [electron, worker] = await Promise.all([planElectron(), mustBuildWorker()]);
  return [
    ...(electron.fallback ? ['unzip'] : []),
    ...(worker || mustCompileSqlite(electron.napi) || mustCompileNative() ? ['compiler'] : []),
    ...(worker ? ['workerBuild', 'workerRun'] : []),
    ...(findWorker()?.source === 'built from source' ? ['workerRun'] : []),
  ];
}
