import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { expect, it, vi } from 'vitest';
import { silentLogger } from '../../base/logger';
import { spawnChild } from './child';

vi.mock('node:child_process', () => ({ spawn: vi.fn() }));

/** What Node gives back when it has no descriptor left: no id, no pipes, and the reason a moment later. */
function refuse(code: string): void {
  const child = new EventEmitter();
  vi.mocked(spawn).mockReturnValue(child as ChildProcess);
  process.nextTick(() => child.emit('error', Object.assign(new Error(`spawn ${code}`), { code })));
}

it.each([
  ['EMFILE', 'Too many files are open'],
  ['ENFILE', 'Too many files are open'],
  ['EAGAIN', 'Too many programs run'],
  ['ENOENT', 'Is it installed?'],
])('reports a program that cannot be started for %s, and does not throw', async (code, advice) => {
  refuse(code);
  const child = spawnChild({
    ...{ file: 'ffmpeg', args: [], label: 'test', log: silentLogger() },
    ...{ stdin: 'x', stdout: 'pipe', extraPipes: 2 },
  });
  expect(child.pid).toBeNull();
  expect(child.stdout).toBeNull();
  child.onLine(3, () => undefined);
  const { error } = await child.exited;
  expect(error).toMatchObject({ kind: 'unavailable', message: expect.stringContaining(advice) as string });
  await child.stop(0);
});
