import { mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLogFile } from './logFile';
import { createLogger } from './logger';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vas-log-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The name that today's file gets. */
function nameOfToday(): string {
  const now = new Date();
  const two = (value: number) => String(value).padStart(2, '0');
  return `vas.${String(now.getFullYear())}-${two(now.getMonth() + 1)}-${two(now.getDate())}.1.log`;
}

test('what is said stands in the file of the day', async () => {
  const file = await openLogFile(folder, (reason) => expect.fail(reason));
  createLogger('info', file).info({ camera: 3 }, 'said');
  await file.flush();
  expect(JSON.parse(await readFile(path.join(folder, nameOfToday()), 'utf8'))).toMatchObject({
    ...{ camera: 3, msg: 'said' },
  });
});

test('a full disk costs lines and nothing else, also the fatal ones', async () => {
  await symlink('/dev/full', path.join(folder, nameOfToday()));
  const complaints: string[] = [];
  const file = await openLogFile(folder, (reason) => complaints.push(reason));
  const log = createLogger('info', file);
  for (let round = 0; round < 3; round++) {
    log.info('an ordinary line');
    // pino writes these synchronously where it can, again and again until the disk takes them.
    log.fatal('the worst there is');
    await new Promise((resolve) => setImmediate(resolve));
  }
  for (let turn = 0; turn < 200 && complaints.length === 0; turn++)
    await new Promise((resolve) => setTimeout(resolve, 10));
  expect(complaints).toEqual([expect.stringContaining('ENOSPC')]);
});

test('a folder that cannot be written is said once and hinders nobody', async () => {
  const occupied = path.join(folder, 'logs');
  await writeFile(occupied, 'a file where the folder should be');
  const complaints: string[] = [];
  const file = await openLogFile(occupied, (reason) => complaints.push(reason));
  const log = createLogger('info', file);
  for (let turn = 0; turn < 200 && complaints.length === 0; turn++) {
    log.info('a line');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  log.fatal('one more');
  expect(complaints).toHaveLength(1);
});

test('only the last fourteen files stay, whatever number they had, also without a day that ends', async () => {
  for (let day = 1; day <= 20; day++) {
    const name = day <= 5 ? `vas.${String(day)}.log` : `vas.2026-01-${String(day).padStart(2, '0')}.1.log`;
    await writeFile(path.join(folder, name), 'old');
    await utimes(path.join(folder, name), day, day);
  }
  await writeFile(path.join(folder, 'notes.txt'), 'not ours');
  const file = await openLogFile(folder, (reason) => expect.fail(reason));
  createLogger('info', file).info('today');
  await file.flush();
  const left = (await readdir(folder)).sort();
  expect(left).toContain('notes.txt');
  expect(left).toContain(nameOfToday());
  expect(left.filter((name) => name.startsWith('vas.'))).toHaveLength(15);
  expect(left).not.toContain('vas.2026-01-06.1.log');
  expect(left).toContain('vas.2026-01-07.1.log');
});
