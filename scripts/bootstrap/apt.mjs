// @ts-check
// Installs missing Debian packages: as root, or with a sudo that asks nothing; otherwise prints the one command.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { BootstrapError, log, timed } from './log.mjs';
import { capture, mustRun, which } from './process.mjs';
import { needsOf } from './system-packages.mjs';

/** @typedef {import('./system-packages.mjs').Need} Need */

const statusFile = '/var/lib/dpkg/status';
export const isDebian = () => existsSync(statusFile) && which('apt-get') !== undefined;

/** dpkg's own database, read without starting dpkg: cheap enough for every run. @returns {Set<string>} */
function installedPackages() {
  const installed = new Set();
  let name = '';
  for (const line of readFileSync(statusFile, 'utf8').split('\n')) {
    if (line.startsWith('Package: ')) name = line.slice(9);
    else if (line.startsWith('Status: ') && line.endsWith(' installed')) installed.add(name);
  }
  return installed;
}

/** What is missing here for these groups. @param {string[]} groups @returns {Need[]} */
export function missingPackages(groups) {
  const needs = needsOf(groups);
  if (!isDebian()) return needs.filter(({ program }) => program && !which(program));
  const installed = installedPackages();
  return needs.filter(
    ({ name, or = [], program }) =>
      !(program && which(program)) && ![name, ...or].some((each) => installed.has(each)),
  );
}

/** @param {string[]} groups */
export async function ensurePackages(groups) {
  const missing = missingPackages(groups);
  if (missing.length === 0) return;
  if (!isDebian()) {
    throw new BootstrapError(
      `These programs are missing; install them with this system's package manager and run the same command again:\n` +
        missing.map(({ what }) => `  ${what}`).join('\n'),
    );
  }
  const root = process.getuid?.() === 0;
  const prefix = root
    ? []
    : which('sudo') && (await capture('sudo', ['-n', 'true'])).code === 0
      ? ['sudo', '-n']
      : undefined;
  if (!prefix) throw new BootstrapError(manualInstruction(await namesHere(missing)));
  await timed(
    `installing ${missing.length} Debian packages: ${missing.map(({ name }) => name).join(' ')}`,
    () => install(prefix, missing),
  );
}

/** @param {string[]} prefix @param {Need[]} missing */
async function install(prefix, missing) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  /** @param {string[]} args */
  const apt = (args) => {
    const [program = '', ...rest] = [
      ...prefix,
      'env',
      'DEBIAN_FRONTEND=noninteractive',
      'apt-get',
      '-q',
      '-y',
      '-o',
      'DPkg::Lock::Timeout=300',
      ...args,
    ];
    return { run: () => capture(program, rest, { env }), must: () => mustRun(program, rest, { env }) };
  };
  if (!hasPackageLists()) await apt(['update']).must();
  const first = await apt(['install', '--no-install-recommends', ...(await namesHere(missing))]).run();
  if (first.code === 0) return;
  log('apt-get install failed, trying again after apt-get update'); // old lists name files that are gone
  await apt(['update']).must();
  await apt(['install', '--no-install-recommends', ...(await namesHere(missing))]).must();
}

function hasPackageLists() {
  try {
    return readdirSync('/var/lib/apt/lists').some((name) => /_Packages/.test(name));
  } catch {
    return false;
  }
}

/** Releases name some libraries differently: take the names that this one knows. @param {Need[]} needs @returns {Promise<string[]>} */
export async function namesHere(needs) {
  if (!needs.some(({ or }) => or)) return needs.map(({ name }) => name);
  const { stdout } = await capture('apt-cache', [
    'policy',
    ...needs.flatMap(({ name, or = [] }) => [name, ...or]),
  ]);
  const known = new Set(
    [...stdout.matchAll(/^(\S+):\n {2}Installed: .*\n {2}Candidate: (?!\(none\))/gm)].map(([, name]) => name),
  );
  return needs.map(({ name, or = [] }) => [name, ...or].find((each) => known.has(each)) ?? name);
}

/** @param {string[]} names */
export function manualInstruction(names) {
  const command = `apt-get update && apt-get install -y --no-install-recommends ${names.join(' ')}`;
  const line = which('sudo') ? `sudo sh -c '${command}'` : `su -c '${command}'`;
  return `Debian packages are missing and this user may not install them. Run this command, then the same command again:\n\n  ${line}\n`;
}
