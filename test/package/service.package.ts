import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const unit = readFileSync(path.join(root, 'scripts/package/debian/vas-workstation.service'), 'utf8');
/** A user manager of one's own needs a namespace, and that needs root. */
const possible = process.getuid?.() === 0 && existsSync('/lib/systemd/systemd');

it.runIf(possible)('the shipped service restarts after a crash, and only then', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'vas-service-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { stdout, stderr } = spawnSync(
    'unshare',
    ['--mount', 'bash', path.join(import.meta.dirname, 'service.sh'), folder],
    { input: unit, encoding: 'utf8', timeout: 150_000 },
  );
  expect(stdout.trim().split('\n'), stderr).toEqual([
    'crashes always: failed after 5 starts',
    'quits: inactive after 1 starts',
    'cannot start: failed after 1 starts',
    'was killed: active after 2 starts',
    'was asked to end: inactive after 2 starts',
    'enabled: enabled',
  ]);
});
