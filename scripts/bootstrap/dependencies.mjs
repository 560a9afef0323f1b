// @ts-check
// npm ci, only where node_modules does not match package-lock.json.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, writeAtomic } from './cache.mjs';
import { timed } from './log.mjs';
import { npm } from './npm.mjs';
import { inRoot, lockHashFile, nodeModules } from './paths.mjs';

const lockFile = inRoot('package-lock.json');
const lockHash = () => createHash('sha256').update(readFileSync(lockFile)).digest('hex');

export function dependenciesCurrent() {
  if (!existsSync(nodeModules)) return false;
  const hash = lockHash();
  if (existsSync(lockHashFile) && readFileSync(lockHashFile, 'utf8').trim() === hash) return true;
  if (!installedByHand()) return false;
  writeAtomic(lockHashFile, `${hash}\n`);
  return true;
}

/** After `npm install` npm's own record equals the lock: no reason to throw everything away. */
function installedByHand() {
  const locked = readJson(lockFile)?.packages;
  const installed = readJson(join(nodeModules, '.package-lock.json'))?.packages;
  if (!locked || !installed) return false;
  return Object.entries(locked).every(
    ([path, { version, optional, peer }]) =>
      path === '' || installed[path]?.version === version || (!installed[path] && (optional || peer)),
  );
}

export async function installDependencies() {
  await timed('npm ci', () => npm(['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund']));
  writeAtomic(lockHashFile, `${lockHash()}\n`);
}
