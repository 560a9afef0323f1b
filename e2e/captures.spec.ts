import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { CameraServer } from '../scripts/cameras/camera';
import { startCameraServer } from '../scripts/cameras/camera';
import { h264 } from '../scripts/cameras/launches';
import type { Bookmark, Device, Snapshot } from '../contract';
import type { RunningApp } from './app';
import { launchApp } from './app';
import { expect, finish, measured, test } from './fixtures';
import { addCamera, whenRunning } from './support/cameras';
import { pictureSize, probeFile } from './support/ffprobe';
import { filesBelow } from './support/files';
import { whenRecording } from './support/recordings';
import { showInTile, tileMenu } from './support/screens';
import type { Tile } from './support/tile';
import { until } from './support/wait';

/** Snapshots and clips: whole files of the camera's size, without another RTSP session. */
test.describe.serial('snapshots and bookmarks', () => {
  let server: CameraServer;
  let app: RunningApp;
  let camera: Device;
  let tile: Tile;
  let started = 0;

  test.beforeAll(async () => {
    server = await startCameraServer();
    app = await launchApp();
    camera = await addCamera(app, server, { path: '/captures', launch: h264(), device: { name: 'Gate' } });
    await whenRunning(app, camera.id);
    started = Date.now();
    tile = await showInTile(app, camera);
    await tile.whenState('live');
    await whenRecording(app, camera.id);
  });

  test.afterAll(async () => {
    expect(server.plays('/captures'), 'probe and ingest only').toBeLessThanOrEqual(2);
    await finish(app, test.info());
    await server.stop();
  });

  /** The file behind an id; exactly one, whole, nothing temporary beside it. */
  const fileOf = (id: string, extension: string): string => {
    const files = filesBelow(app.dataDir).filter(
      (file) => path.basename(file).startsWith(id) && file.endsWith(extension),
    );
    expect(files, `files of ${id}`).toHaveLength(1);
    return files[0] ?? '';
  };

  const expectPicture = async (snapshot: Snapshot): Promise<void> => {
    const file = fileOf(snapshot.id, '.jpg');
    expect(await pictureSize(file)).toEqual({ codec: 'mjpeg', width: 640, height: 360 });
    expect(statSync(file).size).toBe(snapshot.file_size);
    // The page shows it through the media protocol.
    const shown = await app.page.evaluate(
      (url) =>
        new Promise<[number, number] | string>((resolve) => {
          const image = new Image();
          image.onload = () => resolve([image.naturalWidth, image.naturalHeight]);
          image.onerror = () => resolve(`${url} does not load`);
          image.src = url;
        }),
      snapshot.url,
    );
    expect(shown).toEqual([640, 360]);
  };

  const expectClip = async (bookmark: Bookmark, seconds: number): Promise<void> => {
    const file = fileOf(bookmark.id, '.mp4');
    const probed = await probeFile(file);
    expect(probed.video).toMatchObject({ codec_name: 'h264', width: 640, height: 360 });
    // Clips begin with a key frame: up to one GOP (1 s) longer, and never more than a picture shorter.
    expect(probed.duration).toBeGreaterThan(seconds - 0.5);
    expect(probed.duration).toBeLessThan(seconds + 2);
    expect(Math.abs(probed.duration - bookmark.duration)).toBeLessThan(0.3);
    const told = (Date.parse(bookmark.end_timestamp) - Date.parse(bookmark.start_timestamp)) / 1000;
    expect(Math.abs(told - bookmark.duration)).toBeLessThan(0.2);
    expect(statSync(file).size).toBe(bookmark.file_size);
    const played = await app.page.evaluate(
      (url) =>
        new Promise<number | string>((resolve) => {
          const video = document.createElement('video');
          video.muted = true;
          video.onloadedmetadata = () => resolve(video.duration);
          video.onerror = () => resolve(`${url}: ${video.error?.message ?? 'does not load'}`);
          video.src = url;
        }),
      bookmark.video_url,
    );
    expect(Number(played), String(played)).toBeCloseTo(probed.duration, 0);
    if (bookmark.thumbnail_url !== null)
      expect(await pictureSize(fileOf(bookmark.id, '.jpg'))).toMatchObject({ codec: 'mjpeg' });
  };

  const newest = async () => {
    const [snapshots, bookmarks] = await Promise.all([
      app.vas.query('snapshots.list', { device_id: camera.id }),
      app.vas.query('bookmarks.list', { device_id: camera.id }),
    ]);
    return { snapshots: snapshots.snapshots, bookmarks: bookmarks.bookmarks };
  };

  test('a snapshot of now', async () => {
    const begun = performance.now();
    const asked = Date.now();
    const snapshot = await app.vas.command('snapshots.capture-live', { device_id: camera.id });
    measured('live snapshot', performance.now() - begun);
    expect(snapshot).toMatchObject({ device_id: camera.id, device_name: 'Gate', source: 'live' });
    expect(Math.abs(Date.parse(snapshot.timestamp) - asked), 'it shows now').toBeLessThan(3_000);
    await expectPicture(snapshot);
  });

  test('a snapshot of the past', async () => {
    const moment = started + 2_000;
    await until('that moment has passed', () => Date.now() > moment + 2_000);
    const snapshot = await app.vas.command('snapshots.capture-historical', {
      device_id: camera.id,
      timestamp: new Date(moment).toISOString(),
    });
    expect(snapshot.source).toBe('historical');
    expect(Math.abs(Date.parse(snapshot.timestamp) - moment)).toBeLessThan(500);
    await expectPicture(snapshot);
  });

  test('a moment without footage is refused clearly', async () => {
    const before = filesBelow(app.dataDir).length;
    const request = { device_id: camera.id, timestamp: '2020-01-01T00:00:00.000Z' };
    const reply = await app.vas.call('command', 'snapshots.capture-historical', request);
    expect(reply).toMatchObject({ ok: false, error: { status: 404 } });
    const unknown = { device_id: '00000000-0000-4000-8000-000000000000' };
    expect(await app.vas.call('command', 'snapshots.capture-live', unknown)).toMatchObject({
      ok: false,
      error: { status: 404 },
    });
    expect(
      filesBelow(app.dataDir).filter((file) => /\.(jpg|tmp|part)/.test(file)).length,
    ).toBeLessThanOrEqual(before);
  });

  test('a clip of the last seconds, and one around an instant', async () => {
    await until('there are ten seconds of footage', () => Date.now() > started + 10_000);
    const begun = performance.now();
    const asked = Date.now();
    const live = await app.vas.command('bookmarks.capture-live', {
      device_id: camera.id,
      label: 'Van',
      duration: 4,
    });
    measured('live clip of 4 s', performance.now() - begun);
    expect(live).toMatchObject({ label: 'Van', source: 'live', video_format: 'mp4' });
    expect(Math.abs(Date.parse(live.end_timestamp) - asked)).toBeLessThan(3_000);
    await expectClip(live, 4);

    const center = started + 5_000;
    const past = await app.vas.command('bookmarks.capture-historical', {
      device_id: camera.id,
      center_timestamp: new Date(center).toISOString(),
      duration: 4,
    });
    expect(past.source).toBe('historical');
    expect(Date.parse(past.start_timestamp)).toBeLessThanOrEqual(center - 1_500);
    expect(Date.parse(past.end_timestamp)).toBeGreaterThanOrEqual(center + 1_500);
    await expectClip(past, 4);
  });

  test('labels change, deleting takes the files', async () => {
    const { bookmarks, snapshots } = await newest();
    const [bookmark] = bookmarks;
    const [snapshot] = snapshots;
    if (!bookmark || !snapshot) throw new Error('nothing was captured');
    const renamed = await app.vas.command('bookmarks.update', {
      id: bookmark.id,
      label: "O'Brien; DROP TABLE",
    });
    expect(renamed.label).toBe("O'Brien; DROP TABLE");
    await app.vas.command('bookmarks.delete', { id: bookmark.id });
    await app.vas.command('snapshots.delete', { id: snapshot.id });
    for (const id of [bookmark.id, snapshot.id])
      expect(filesBelow(app.dataDir).filter((file) => file.includes(id))).toEqual([]);
    expect(await app.vas.call('query', 'bookmarks.get', { id: bookmark.id })).toMatchObject({
      ok: false,
      error: { status: 404 },
    });
  });

  test('the tile takes both', async () => {
    const before = await newest();
    await tileMenu(app.page, tile.root, /^snapshot/i);
    await until(
      'a new snapshot',
      async () => (await newest()).snapshots.length === before.snapshots.length + 1,
    );
    const asked = Date.now();
    await tileMenu(app.page, tile.root, /^clip of the last 30 s/i);
    await until(
      'a new bookmark',
      async () => (await newest()).bookmarks.length === before.bookmarks.length + 1,
    );
    const { snapshots, bookmarks } = await newest();
    const [snapshot] = snapshots;
    const [bookmark] = bookmarks;
    if (!snapshot || !bookmark) throw new Error('nothing was captured');
    await expectPicture(snapshot);
    // The last half minute, or as much of it as there is.
    await expectClip(bookmark, Math.min(30, (asked - started) / 1000));
    expect(existsSync(fileOf(bookmark.id, '.mp4'))).toBe(true);
    expect(await tile.state(), 'the live picture goes on').toBe('live');
    await tile.whenMoreFrames(10);
  });
});
