import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../base/logger';
import { spawnChild } from './child';
import { identify, isAlive } from './procStat';
import { createChildRegistry, sweepChildren } from './registry';

const log = silentLogger();
let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vas-registry-'));
  file = path.join(folder, 'run', 'children.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const stored = async (): Promise<{ pid: number }[]> =>
  JSON.parse(await readFile(file, 'utf8')) as { pid: number }[];

describe('the child registry', () => {
  it('names what runs on disk and forgets what has ended', async () => {
    const registry = createChildRegistry(file, log);
    const children = [1, 2].map(() =>
      spawnChild({ file: 'sleep', args: ['60'], label: 'test', log, registry }),
    );
    await registry.flushed();
    expect((await stored()).map((entry) => entry.pid)).toEqual(children.map((child) => child.pid));
    expect(registry.running().map((entry) => entry.pid)).toEqual(children.map((child) => child.pid));
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await children[0]?.stop(0);
    await registry.flushed();
    expect((await stored()).map((entry) => entry.pid)).toEqual([children[1]?.pid]);
    await children[1]?.stop(0);
    await registry.flushed();
    expect(await stored()).toEqual([]);
    expect(registry.running()).toEqual([]);
  });
});

describe('sweepChildren', () => {
  async function leftOver(): Promise<{ pid: number; gone: Promise<unknown> }> {
    const child = spawn('sleep', ['60'], { stdio: 'ignore' });
    return { pid: child.pid as number, gone: new Promise((resolve) => child.once('exit', resolve)) };
  }
  async function write(content: unknown): Promise<void> {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  }

  it('kills exactly the left-over process', async () => {
    const { pid, gone } = await leftOver();
    const identity = await identify(pid);
    await write([{ ...identity, label: 'ingest' }]);
    expect(await sweepChildren(file, log)).toEqual([{ pid, label: 'ingest' }]);
    await gone;
    expect(await sweepChildren(file, log)).toEqual([]);
  });

  it('spares a process whose pid was reused, and one of another boot', async () => {
    const { pid, gone } = await leftOver();
    const identity = await identify(pid);
    if (!identity) throw new Error('no identity');
    await write([
      { ...identity, startTicks: identity.startTicks - 1, label: 'ingest' },
      { ...identity, bootId: 'another', label: 'ingest' },
    ]);
    expect(await sweepChildren(file, log)).toEqual([]);
    expect(await isAlive(identity)).toBe(true);
    process.kill(pid, 'SIGKILL');
    await gone;
  });

  it.each(['', '{', 'null', '[1, {"pid": "x"}, {"pid": 1, "startTicks": 0, "bootId": "", "label": ""}]'])(
    'does not trip over a damaged file: %s',
    async (content) => {
      await write(content);
      expect(await sweepChildren(file, log)).toEqual([]);
    },
  );

  it('is content without a file', async () => {
    expect(await sweepChildren(path.join(folder, 'none.json'), log)).toEqual([]);
  });
});
