// @ts-check
// The test twin: the same files as what ships, only that Playwright may attach to it.
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun } from '../bootstrap/process.mjs';
import { setFuses, twinFuses } from './fuses.mjs';

/** @param {string} shipped @param {string} twin folders */
export async function makeTwin(shipped, twin) {
  rmSync(twin, { recursive: true, force: true });
  // Hard links: the twin costs the size of its executable. That one is copied, because it changes.
  await mustRun('cp', ['-al', shipped, twin]);
  const executable = join(twin, 'vas-workstation');
  rmSync(executable);
  cpSync(join(shipped, 'vas-workstation'), executable);
  await setFuses(executable, twinFuses);
}
