// @ts-check
// npm run verify:deb [-- --log=FILE] [--previous=DEB]: the whole life of the .deb on this machine, as root. Installs a previous
// build, lets an ordinary user record with it, upgrades, sees that the footage is still there and the sandbox
// on, purges, and finds nothing left but user data. The user and its data are removed at the end. Without a package
// of an earlier version the previous build is made from the same sources.
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { inRoot, root } from '../bootstrap/paths.mjs';
import { readRuntime } from '../bootstrap/runtime.mjs';
import { commandLine } from '../lib/commandLine.mjs';
import { loadTs } from '../lib/loadTs.mjs';
import { build } from './build.mjs';
import { readFuses, shippedFuses } from './fuses.mjs';
import { apt, installedFiles, leftovers, listSystem } from './verify/system.mjs';
import { readData } from './verify/data.mjs';
import { createUser } from './verify/user.mjs';

const PREVIOUS = '0.0.9';
/** How long each build records, seconds. */
const FOOTAGE_S = 8;

process.exitCode = await main();

async function main() {
  const usage = 'npm run verify:deb -- [--log=FILE] [--previous=DEB] (root)';
  const { values } = commandLine(usage, {
    options: { log: { type: 'string' }, previous: { type: 'string' } },
  });
  if (process.getuid?.() !== 0) {
    console.error('Installing and removing a package needs root: run this as root or with sudo.');
    return 1;
  }
  const log = resolve(values.log ?? inRoot('release', 'verify-deb.log'));
  mkdirSync(dirname(log), { recursive: true });
  writeFileSync(log, '');
  const began = performance.now();
  const say = (/** @type {string} */ text) => {
    const line = `[${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s] ${text}`;
    console.log(line);
    appendFileSync(log, `${line}\n`);
  };
  /** @type {(() => unknown)[]} */
  const undo = [];
  try {
    await verify(say, undo, values.previous === undefined ? null : resolve(values.previous));
    say('verified: installed, upgraded, used with the sandbox on, and purged');
    return 0;
  } catch (error) {
    say(`FAILED: ${/** @type {Error} */ (error).message}`);
    return 1;
  } finally {
    for (const each of undo.reverse()) await each();
    say(`the log is in ${log}`);
  }
}

/** @param {(text: string) => void} say @param {(() => unknown)[]} undo @param {string | null} previous file of a package */
async function verify(say, undo, previous) {
  const runtime = readRuntime();
  if (!runtime) throw new Error('The runtime is not set up: start this with `npm run verify:deb`.');
  const output = mkdtempSync(join(tmpdir(), 'vas-verify-deb-'));
  undo.push(() => rmSync(output, { recursive: true, force: true }));
  const { version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const deb = (/** @type {string} */ of) => join(output, `vas-workstation_${of}_amd64.deb`);
  for (const each of previous === null ? [PREVIOUS, version] : [version]) {
    const code = await build({
      ...{
        runtime,
        env: process.env,
        version: each,
        folderOnly: false,
        twin: false,
        output,
        more: ['--dir'],
      },
    });
    if (code !== 0) throw new Error(`building ${each} failed`);
    say(`built ${deb(each)}`);
  }

  const { startDemoCamera } = await loadTs('scripts/demo/camera.ts');
  const camera = await startDemoCamera(root);
  undo.push(() => camera.stop());
  const user = createUser('vas-verify');
  undo.push(() => user.remove());
  say(`user ${user.name} (uid ${user.uid}), camera ${camera.url}`);
  // After the user was made: useradd keeps copies of its own files.
  const before = listSystem();

  undo.push(() => spawnSync('dpkg', ['--purge', 'vas-workstation']));
  const earlier = previous ?? deb(PREVIOUS);
  const added = apt(['install', '-y', earlier]);
  say(
    `installed ${basename(earlier)}; other packages that came with it: ${added.length === 0 ? 'none' : added.join(' ')}`,
  );
  checkInstalled(say);
  await user.record(camera.url, FOOTAGE_S);
  const first = await readData(user.dataDir);
  say(`recorded with the previous build: ${describe(first)}`);
  if (first.segments.length === 0) throw new Error('the previous build recorded nothing');

  apt(['install', '-y', deb(version)]);
  say(`upgraded to ${version}`);
  checkInstalled(say);
  await readFuses('/usr/lib/vas-workstation/vas-workstation').then((fuses) => {
    if (JSON.stringify(fuses) !== JSON.stringify(shippedFuses)) throw new Error('the fuses are not hardened');
    say(`fuses of the installed executable: ${JSON.stringify(fuses)}`);
  });
  const report = await user.selfTest(camera.url);
  for (const check of report.checks)
    say(`self-test: ${check.name}: ${check.state} (${check.elapsed_ms} ms) ${JSON.stringify(check.detail)}`);
  if (!report.ok) throw new Error('the self-test failed');
  const detail = (/** @type {string} */ of) => report.checks.find(({ name }) => name === of)?.detail;
  const window = detail('window');
  if (window?.sandbox !== 'on' || window?.seccomp !== 'filter') throw new Error('the sandbox is not on');
  const detector = detail('a detector looks at the camera');
  if (!(detector?.boxes > 0)) throw new Error('the detector found nobody in a picture full of people');
  if (!detector.confined.files || !detector.confined.network) throw new Error('the detector is not confined');

  await user.record(camera.url, FOOTAGE_S);
  const second = await readData(user.dataDir);
  say(`recorded with ${version}: ${describe(second)}`);
  const kept = first.segments.every((segment) => second.segments.some(({ id }) => id === segment.id));
  if (!kept) throw new Error('footage of the previous build is gone');
  if (second.segments.length <= first.segments.length) throw new Error('the upgraded build recorded nothing');
  if (second.cameras.join() !== first.cameras.join()) throw new Error('the camera is another one now');
  say('user data survived the upgrade: the same camera, every old segment readable, new ones beside them');

  apt(['purge', '-y', 'vas-workstation']);
  const left = leftovers(before, listSystem());
  if (left.length > 0) throw new Error(`left behind after the purge:\n  ${left.join('\n  ')}`);
  const third = await readData(user.dataDir);
  if (third.segments.length !== second.segments.length) throw new Error('the purge took user data');
  if (user.processes().length > 0) throw new Error(`still running: ${user.processes().join('; ')}`);
  say(`purged: nothing is left but user data in ${user.dataDir} (${describe(third)})`);
}

/** @param {(text: string) => void} say */
function checkInstalled(say) {
  const { files, problems, helperMode } = installedFiles();
  if (problems !== '') throw new Error(`dpkg --verify: ${problems}`);
  if (helperMode !== 0o4755) throw new Error(`chrome-sandbox has mode ${helperMode.toString(8)}`);
  say(`dpkg --verify is content with ${files} files; chrome-sandbox is ${helperMode.toString(8)}`);
}

/** @param {Awaited<ReturnType<typeof readData>>} data */
function describe({ cameras, segments }) {
  const seconds = segments.reduce((sum, segment) => sum + segment.seconds, 0);
  return `${cameras.length} camera, ${segments.length} segments, ${seconds.toFixed(1)} s decoded by FFmpeg`;
}
