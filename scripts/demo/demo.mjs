// @ts-check
// npm run demo: the application with a profile of its own and a camera made of the shipped footage.
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { openDisplay, sandboxArguments } from '../bootstrap/display.mjs';
import { inCache, root } from '../bootstrap/paths.mjs';
import { readRuntime, runtimeEnvironment } from '../bootstrap/runtime.mjs';
import { commandLine } from '../lib/commandLine.mjs';
import { loadTs } from '../lib/loadTs.mjs';
import { secondsSinceCommand } from './elapsed.mjs';

/** With --seconds: how long to wait for the first live picture. */
const PICTURE_WITHIN_S = 60;
/** What Chromium says on a machine without a system bus or a GPU, as test machines and containers are. */
const harmless = /:ERROR:(bus|viz_main_impl|gpu_process_host|object_proxy)\.cc/;

const usage = `npm run demo -- [--fresh] [--seconds N]: the application with a demo camera
  --fresh      empties its profile first
  --seconds N  ends N seconds after the first live picture; otherwise with the window or Ctrl-C`;

process.exitCode = await main();

async function main() {
  const { fresh, seconds } = options();
  const runtime = readRuntime();
  if (!runtime) {
    console.error('The runtime is not set up yet: start the demo with `npm run demo`.');
    return 1;
  }
  const dataDir = inCache('demo');
  if (fresh) rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });

  const display = await openDisplay(); // there is one already unless this file was started by hand
  const { startDemoCamera } = await loadTs('scripts/demo/camera.ts');
  /** @type {import('./camera').DemoCamera} */
  const camera = await startDemoCamera(root);
  say(`demo camera: ${camera.url}`);
  say(`demo data: ${dataDir} (npm run demo -- --fresh empties it)`);
  try {
    return await runApplication(
      runtime,
      {
        ...display.env,
        VAS_DATA_DIR: dataDir,
        VAS_DEMO_CAMERA: camera.url,
        // People who walk by get boxes.
        AI_FRAME_EXPORT_ENABLED: 'true',
      },
      seconds,
    );
  } finally {
    await camera.stop();
    display.stop();
  }
}

/**
 * @param {import('../bootstrap/runtime.mjs').Runtime} runtime
 * @param {Record<string, string>} additions to the environment
 * @param {number | undefined} seconds
 * @returns {Promise<number>} exit code
 */
async function runApplication(runtime, additions, seconds) {
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, ...runtimeEnvironment(runtime), ...additions, VAS_REPORT_FIRST_PICTURE: '1' };
  delete env['ELECTRON_RUN_AS_NODE'];
  const child = spawn(runtime.electron.executable, [...sandboxArguments(), root], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (!harmless.test(line)) console.error(line);
  });
  const passOn = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, passOn);

  let seen = false;
  let inTime = true;
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const after = (/** @type {number} */ limit, /** @type {() => void} */ work) => {
    clearTimeout(timer);
    timer = setTimeout(work, limit * 1000);
  };
  if (seconds !== undefined)
    after(PICTURE_WITHIN_S, () => {
      say(`no live picture within ${PICTURE_WITHIN_S} s`);
      inTime = false;
      child.kill('SIGTERM');
    });
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.trim() === 'window shown') return;
    if (line.trim() !== 'first live picture') console.log(line);
    if (line.trim() !== 'first live picture' || seen) return;
    seen = true;
    say(`first live picture ${secondsSinceCommand().toFixed(1)} s after the command was given`);
    if (seconds !== undefined) after(seconds, () => child.kill('SIGTERM'));
  });

  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (exitCode, signal) => resolve(signal ? 1 : exitCode));
  });
  clearTimeout(timer);
  if (seconds !== undefined && !seen && inTime) say('the application ended before its first live picture');
  return seconds !== undefined && !seen ? 1 : code;
}

/** @returns {{fresh: boolean, seconds: number | undefined}} */
function options() {
  const { values } = commandLine(usage, {
    options: { fresh: { type: 'boolean', default: false }, seconds: { type: 'string' } },
  });
  const seconds = values.seconds === undefined ? undefined : Number(values.seconds);
  if (seconds !== undefined && !(seconds >= 0 && seconds <= 86_400)) {
    console.error(`--seconds is 0 to 86400\n\n${usage}`);
    process.exit(2);
  }
  return { fresh: values.fresh, seconds };
}

/** @param {string} text */
function say(text) {
  console.log(`[demo] ${text}`);
}
