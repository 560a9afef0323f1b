import { setMaxListeners } from 'node:events';
import { readFile } from 'node:fs/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { silentLogger } from '../../base/logger';
import type { MediaJob } from './jobs';
import { createMediaJobs } from './jobs';

function jobs(concurrency = 2) {
  const pool = createMediaJobs({ ffmpeg: 'ffmpeg', log: silentLogger(), concurrency });
  onTestFinished(() => pool.dispose());
  return pool;
}

/** One picture out of a generated video. */
const picture: MediaJob = {
  label: 'test',
  args: [...'-v error -f lavfi -i testsrc=s=64x48 -frames:v 1 -f image2pipe -c:v mjpeg pipe:1'.split(' ')],
  timeoutMs: 20_000,
};

/** Runs until it is ended. */
const endless: MediaJob = {
  label: 'endless',
  args: [...'-v error -re -f lavfi -i testsrc=s=64x48 -f null -'.split(' ')],
  timeoutMs: 20_000,
};

/** Process ids of our own children that run FFmpeg. */
async function ffmpegChildren(): Promise<number[]> {
  const text = await readFile(`/proc/self/task/${String(process.pid)}/children`, 'utf8');
  const found: number[] = [];
  for (const pid of text.trim().split(' ').filter(Boolean).map(Number)) {
    const command = await readFile(`/proc/${String(pid)}/cmdline`, 'utf8').catch(() => '');
    if (command.includes('ffmpeg')) found.push(pid);
  }
  return found;
}

describe('media jobs', () => {
  it('give back what FFmpeg writes', async () => {
    const jpeg = await jobs().run(picture);
    expect([...jpeg.subarray(0, 2), ...jpeg.subarray(-2)]).toEqual([0xff, 0xd8, 0xff, 0xd9]);
  });

  it('run a few at a time, behind everything else', async () => {
    const pool = jobs(2);
    const cancel = new AbortController();
    const running = Array.from({ length: 5 }, () => pool.run({ ...endless, signal: cancel.signal }));
    const outcomes = Promise.allSettled(running);
    await expect.poll(async () => (await ffmpegChildren()).length).toBe(2);
    expect(pool.stats()).toEqual({ running: 2, waiting: 3 });
    for (const pid of await ffmpegChildren()) {
      const fields = (await readFile(`/proc/${String(pid)}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
      expect(Number(fields[16])).toBe(10);
    }
    cancel.abort();
    for (const outcome of await outcomes)
      expect(outcome).toMatchObject({ status: 'rejected', reason: { kind: 'unavailable' } });
    expect(await ffmpegChildren()).toEqual([]);
    expect(pool.stats()).toEqual({ running: 0, waiting: 0 });
    await expect(pool.run({ ...picture, signal: cancel.signal })).rejects.toMatchObject({
      kind: 'unavailable',
    });
    expect((await pool.run(picture)).length).toBeGreaterThan(0);
  });

  it('are ended when they take too long', async () => {
    const pool = jobs();
    await expect(pool.run({ ...endless, timeoutMs: 300 })).rejects.toMatchObject({ kind: 'timeout' });
    expect(await ffmpegChildren()).toEqual([]);
  });

  it('say why FFmpeg failed', async () => {
    const broken = {
      ...picture,
      args: ['-v', 'error', '-i', 'pipe:0', '-f', 'null', '-'],
      stdin: Buffer.alloc(999),
    };
    await expect(jobs().run(broken)).rejects.toMatchObject({
      kind: 'internal',
      message: expect.stringContaining('Invalid data') as string,
    });
  });

  it('are refused when too many wait', async () => {
    const pool = jobs(1);
    const cancel = new AbortController();
    setMaxListeners(100, cancel.signal);
    const many = Array.from({ length: 65 }, () => pool.run({ ...endless, signal: cancel.signal }));
    const settled = Promise.allSettled(many);
    await expect(pool.run(picture)).rejects.toMatchObject({ kind: 'unavailable' });
    cancel.abort();
    await settled;
  });

  it('end with the pool, and none is left', async () => {
    const pool = jobs(2);
    const running = Promise.allSettled(Array.from({ length: 4 }, () => pool.run(endless)));
    await expect.poll(async () => (await ffmpegChildren()).length).toBe(2);
    await pool.dispose();
    for (const outcome of await running) expect(outcome).toMatchObject({ status: 'rejected' });
    expect(await ffmpegChildren()).toEqual([]);
    await expect(pool.run(picture)).rejects.toMatchObject({ kind: 'unavailable' });
  });
});
