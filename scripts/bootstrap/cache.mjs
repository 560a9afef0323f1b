// @ts-check
// The cache: content hashes as keys, write-then-rename, and one lock for the slow road.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { cacheDir, inCache } from './paths.mjs';
import { log } from './log.mjs';
import { which } from './process.mjs';

/**
 * All files below the given folders (or the files themselves), sorted, so that hashes are stable.
 * @param {string[]} paths
 * @param {(path: string) => boolean} [keep]
 * @returns {string[]}
 */
export function listFiles(paths, keep = () => true) {
  /** @type {string[]} */
  const files = [];
  /** @param {string} path */
  const visit = (path) => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const child = join(path, entry.name);
      if (!keep(child)) continue;
      if (entry.isDirectory()) visit(child);
      else if (entry.isFile()) files.push(child);
    }
  };
  for (const path of paths) {
    if (!existsSync(path)) continue;
    try {
      visit(path);
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOTDIR') throw error;
      files.push(path);
    }
  }
  return files.sort();
}

/**
 * Hash of file names and contents plus extra facts such as versions.
 * @param {string} base names are taken relative to it, so that two clones share a key
 * @param {string[]} files
 * @param {...string} facts
 */
export function hashFiles(base, files, ...facts) {
  const hash = createHash('sha256');
  for (const fact of facts) hash.update(`${fact}\0`);
  for (const file of files)
    hash
      .update(`${relative(base, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex').slice(0, 16);
}

/**
 * A scratch folder on the cache's own file system, so that the final rename is atomic. Removed afterwards.
 * @template T
 * @param {string} name
 * @param {(folder: string) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function inScratch(name, work) {
  const folder = inCache('tmp', `${name}-${process.pid}-${Date.now()}`);
  mkdirSync(folder, { recursive: true });
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Moves a finished file or folder to its place; whoever comes second keeps the first one's result.
 * @param {string} finished
 * @param {string} target
 */
export function publish(finished, target) {
  mkdirSync(dirname(target), { recursive: true });
  try {
    renameSync(finished, target);
  } catch (error) {
    const code = /** @type {NodeJS.ErrnoException} */ (error).code ?? '';
    if (!['EEXIST', 'ENOTEMPTY'].includes(code)) throw error;
  }
}

/**
 * @param {string} file
 * @param {string | Buffer} content
 */
export function writeAtomic(file, content) {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, content);
  renameSync(temporary, file);
}

/** @param {string} file @returns {any} undefined when missing or unreadable */
export function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Runs the work while no other bootstrap works on the same thing. The lock is the kernel's (flock), held by
 * a helper that ends when its standard input closes: a killed bootstrap never leaves a stale lock behind.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(name, work) {
  if (!which('flock')) return work(); // not Linux: best effort, publish() still keeps the cache whole
  mkdirSync(cacheDir, { recursive: true });
  const helper = spawn('flock', ['-x', inCache(`${name}.lock`), 'sh', '-c', 'echo locked; cat >/dev/null'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true, // Ctrl-C reaches only us; we decide when the lock goes
  });
  const waiting = setTimeout(() => log('another bootstrap is at work, waiting for it'), 1000);
  await new Promise((resolve, reject) => {
    helper.stdout.once('data', resolve);
    helper.once('error', reject);
    helper.once('close', () => reject(new Error('the lock helper ended early')));
  });
  clearTimeout(waiting);
  helper.removeAllListeners('close');
  try {
    return await work();
  } finally {
    helper.stdin.end();
  }
}
