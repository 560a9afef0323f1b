import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { silentLogger } from '../../base/logger';
import { createMediaJobs } from '../media/jobs';
import { createMediaWorker } from '../media/mediaWorker';
import { probe, videoOf } from '../media/testing/probe';
import { run } from '../media/testing/run';
import { filesIn, MEDIA_WORKER } from '../recording/testing/workstation';
import { Thumbnails } from './thumbnails';

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

it('thumbnails are small, made once, few at a time and kept up to a bound', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'vas-thumbnails-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const log = silentLogger();
  const worker = createMediaWorker(MEDIA_WORKER, log);
  const jobs = createMediaJobs({ ffmpeg: 'ffmpeg', log, concurrency: 1 });
  onTestFinished(async () => {
    await jobs.dispose();
    await worker.dispose();
  });
  const picture = path.join(folder, 'picture.jpg');
  await run('ffmpeg', [
    ...[
      '-v',
      'error',
      '-f',
      'lavfi',
      '-i',
      'testsrc2=size=1920x1080',
      '-frames:v',
      '1',
      '-q:v',
      '2',
      picture,
    ],
  ]);
  const cache = path.join(folder, 'cache');
  const known = new Set([id(1), id(2), id(3)]);
  const sourceOf = (one: string) => Promise.resolve(known.has(one) ? picture : null);
  const options = { folder: cache, sourceOf, worker, jobs, log };
  const thumbnails = new Thumbnails(options);
  const [first, same] = await Promise.all([thumbnails.fileOf(id(1)), thumbnails.fileOf(id(1))]);
  expect(first).toBe(same);
  const { size, mtimeMs } = await stat(first ?? '');
  expect(size).toBeLessThan((await stat(picture)).size / 10);
  const { width, height } = videoOf(await probe(first ?? ''));
  expect([width, height]).toEqual([320, 180]);
  await new Thumbnails(options).fileOf(id(1));
  expect((await stat(first ?? '')).mtimeMs, 'not made again').toBe(mtimeMs);
  for (const none of [id(9), '../../etc/passwd', '']) expect(await thumbnails.fileOf(none)).toBeNull();
  await thumbnails.forget(id(1));
  expect(await filesIn(cache)).toEqual([]);
  // The first one that is made looks at the folder.
  for (const n of [1, 2]) await thumbnails.fileOf(id(n));
  await new Thumbnails({ ...options, most: 2 }).fileOf(id(3));
  expect((await filesIn(cache)).map((file) => path.basename(file))).toEqual([`${id(2)}.jpg`, `${id(3)}.jpg`]);
  expect((await readFile((await thumbnails.fileOf(id(2))) ?? '')).length).toBeGreaterThan(500);
});
