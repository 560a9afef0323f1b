import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { systemClock } from '../base/clock';
import { Emitter } from '../base/emitter';
import { silentLogger } from '../base/logger';
import type { CoreResult } from '../core/core';
import { captures } from '../kernel/media/testing/captures';
import { makeNumberedVideo, numberOfJpeg } from '../kernel/media/testing/numbered';
import { record } from '../kernel/recording/testing/camera';
import { CAMERA, workstation } from '../kernel/recording/testing/workstation';
import { eventStoreFile, openEventStore } from '../store/events/eventStore';
import { workerPath } from '../store/testing/fixtures';
import { captureServices, expiredMedia } from './captures';
import { createEvents } from './events';
import { detection, resultAt } from './testing/results';

let folder: string;
let video: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vas-event-media-'));
  video = path.join(folder, 'numbered.mp4');
  await makeNumberedVideo(video, { seconds: 40, gop: 50 });
});
afterAll(() => rm(folder, { recursive: true }));

/** Pictures in which something was seen for the first time; two objects in the first. */
const SEEN = [60, 61, 66, 70, 110];

it('INV-81: each event has the picture of its own moment, to the frame, and a clip around it', async () => {
  const at = await workstation();
  const { snapshots, bookmarks } = captures(at);
  const kernel = { snapshots, bookmarks };
  const results = new Emitter<CoreResult>();
  const log = silentLogger();
  const events = createEvents({
    openStore: () => openEventStore({ dataDir: at.folder, workerPath, log, now: () => systemClock.wallUs() }),
    ...{ storeFile: eventStoreFile(at.folder), results, clock: systemClock, log },
    ...{ captures: captureServices(kernel), media: expiredMedia(kernel) },
    ...{ switches: { snapshots: true, clips: true }, isCamera: (id: string) => id === CAMERA },
    ...{ days: () => null, onRemoved: () => undefined, userId: () => 'alex' },
  });
  onTestFinished(() => events.dispose());
  const camera = await record(at.recording, { cameraId: CAMERA, video });
  const timeOf = (picture: number) => camera.startUs + picture * 40_000;
  let track = 0;
  for (const picture of SEEN) {
    // The answer of a model comes a moment after the picture.
    await vi.waitUntil(() => Date.now() * 1000 > timeOf(picture) + 60_000, { timeout: 30_000, interval: 5 });
    const result = resultAt(picture, [], CAMERA);
    const objects = picture === SEEN[0] ? 2 : 1;
    results.emit({
      ...result,
      frame: { ...result.frame, wallUs: timeOf(picture), monotonicUs: systemClock.monotonicUs() },
      detections: Array.from({ length: objects }, () => detection(++track)),
    });
  }
  const { queries } = await events.active();
  const list = async () => (await queries.list({ limit: 100, offset: 0, with_total: true })).events;
  await vi.waitUntil(
    async () => {
      const all = await list();
      return (
        all.length === 6 && all.every(({ snapshot_id, clip_id }) => snapshot_id !== null && clip_id !== null)
      );
    },
    { timeout: 60_000, interval: 200 },
  );
  await camera.stop();
  const stored = (await list()).reverse();
  const shown = await Promise.all(
    stored.map(async ({ snapshot_id }) =>
      numberOfJpeg(await readFile((await snapshots.fileOf(snapshot_id ?? '')) ?? '')),
    ),
  );
  expect(shown).toEqual([60, 60, 61, 66, 70, 110]);
  expect(new Set(stored.map(({ snapshot_id }) => snapshot_id)).size, 'one frame, one picture').toBe(5);
  for (const { timestamp, clip_id, snapshot_id } of stored) {
    const clip = await bookmarks.get(clip_id ?? '');
    expect(Date.parse(clip.start_timestamp)).toBeLessThan(Date.parse(timestamp) - 900);
    expect(Date.parse(clip.end_timestamp)).toBeGreaterThan(Date.parse(timestamp) + 900);
    const { timestamp: pictured } = await snapshots.get(snapshot_id ?? '');
    expect(Math.abs(Date.parse(pictured) - Date.parse(timestamp))).toBeLessThanOrEqual(2);
  }
  // 60 to 70 lie in one clip; 110 is 2 s later and lies in it as well.
  expect(new Set(stored.map(({ clip_id }) => clip_id)).size).toBe(1);
}, 120_000);
