// @ts-check
// The machine as dpkg and the file system know it, before and after.
import { spawnSync } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** @param {string} program @param {string[]} args */
function mustRun(program, args) {
  const { status, stdout, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr.trim() || stdout.trim()}`);
  return stdout;
}

/** Runs apt-get. @param {string[]} args @returns {string[]} names of other packages that were installed */
export function apt(args) {
  const text = mustRun('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', '--allow-downgrades', ...args]);
  return [...text.matchAll(/^Setting up ([^\s:]+)/gm)]
    .map(([, name]) => name ?? '')
    .filter((name) => name !== 'vas-workstation');
}

export function installedFiles() {
  return {
    files: mustRun('dpkg', ['-L', 'vas-workstation']).trim().split('\n').length,
    problems: mustRun('dpkg', ['--verify', 'vas-workstation']).trim(),
    helperMode: statSync('/usr/lib/vas-workstation/chrome-sandbox').mode & 0o7777,
  };
}

const FOLDERS = ['/usr', '/etc', '/opt', '/var/lib', '/var/cache', '/run/systemd', '/root/.config'];
/** Written by apt, dpkg and others whatever is installed. */
const NOISE = [
  /^\/var\/(lib|cache)\/(apt|dpkg|debconf|systemd|private|man)\b/,
  /^\/var\/cache\/(ldconfig|fontconfig)\b/,
];
/** Indexes that triggers of other packages rebuild when an application comes or goes. */
const INDEXES = [/\/mimeinfo\.cache$/, /\/icon-theme\.cache$/, /\/__pycache__\//];

/** Every path of the system's own folders. */
export function listSystem() {
  const { stdout } = spawnSync('find', [...FOLDERS, '-xdev'], { encoding: 'utf8', maxBuffer: 1 << 28 });
  return new Set(
    stdout.split('\n').filter((file) => file !== '' && !NOISE.some((noise) => noise.test(file))),
  );
}

/** Where a symbolic link leads in the end (alternatives are links to links); empty for anything else. @param {string} file */
function linkTarget(file) {
  try {
    return lstatSync(file).isSymbolicLink() ? realpathSync(file) : '';
  } catch {
    return '';
  }
}

/** Every path that some installed package says is its own. */
function packaged() {
  const lists = '/var/lib/dpkg/info';
  return new Set(
    readdirSync(lists)
      .filter((name) => name.endsWith('.list'))
      .flatMap((name) => readFileSync(join(lists, name), 'utf8').split('\n')),
  );
}

/**
 * What is there now and was not before. What belongs to a package that is installed is not ours any more than a
 * dependency is: the machine may be used by others meanwhile.
 * @param {Set<string>} before @param {Set<string>} after
 */
export function leftovers(before, after) {
  const theirs = packaged();
  const fresh = [...after].filter(
    (file) => !before.has(file) && !theirs.has(file) && !theirs.has(linkTarget(file)),
  );
  const named = spawnSync('find', [...FOLDERS, '-xdev', '-iname', '*vas-workstation*'], { encoding: 'utf8' });
  // Whatever carries our name is ours, also where other files are noise.
  const ours = named.stdout.split('\n').filter((file) => file !== '' && !before.has(file));
  return [
    ...new Set([...fresh.filter((file) => !INDEXES.some((index) => index.test(file))), ...ours]),
  ].sort();
}
