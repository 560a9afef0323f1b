import type { CameraServer } from '../scripts/cameras/camera';
import { startCameraServer } from '../scripts/cameras/camera';
import { h264, h265, mjpeg } from '../scripts/cameras/launches';
import type { Device, ProbeReport } from '../contract';
import type { RunningApp } from './app';
import { launchApp } from './app';
import { expect, finish, measured, test } from './fixtures';
import type { CameraSetup } from './support/cameras';
import { addCamera, whenRunning } from './support/cameras';
import { countOf, whenHealth } from './support/health';
import { recordedFiles } from './support/files';
import { readEverySegment, whenRecording } from './support/recordings';
import { stopWatching, showInTile } from './support/screens';

// RTP tells the size of Motion JPEG in steps of 8 pixels.
const small = { width: 320, height: 184 } as const;

/** Streams as cameras really send them: what is recorded, what is shown, and what the user is told. */
test.describe.serial('what cameras send', () => {
  let server: CameraServer;
  let secure: CameraServer;
  let app: RunningApp;

  test.beforeAll(async () => {
    [server, secure] = await Promise.all([startCameraServer(), startCameraServer({ tls: true })]);
    app = await launchApp();
    await stopWatching(app);
  });

  test.afterAll(async () => {
    await finish(app, test.info());
    await Promise.all([server.stop(), secure.stop()]);
  });

  const validate = async (device: Device): Promise<ProbeReport> =>
    (
      await app.vas.command('devices.validate', {
        id: device.id,
        rtsp_url: device.rtsp_url,
        transport: device.transport,
      })
    ).main;

  /** Adds the camera and waits for its recording. */
  const add = async (setup: CameraSetup, on = server): Promise<Device> => {
    const device = await addCamera(app, on, setup);
    await whenRunning(app, device.id);
    await whenRecording(app, device.id);
    return device;
  };

  /** Stops it and reads what was recorded. */
  const recorded = async (device: Device) => {
    await app.vas.command('devices.stop-stream', { id: device.id });
    const files = await readEverySegment(app.dataDir, device.id);
    expect(files.size).toBeGreaterThan(0);
    return [...files.values()];
  };

  const converted = [
    { name: 'H.265', launch: h265(small), reason: 'codec', codec: 'hevc', says: /H\.?265|HEVC/i },
    {
      name: 'Motion JPEG',
      launch: mjpeg(small),
      reason: 'codec',
      codec: 'mjpeg',
      says: /JPEG/i,
    },
    {
      name: 'H.264 with B-frames',
      launch: h264({ ...small, profile: 'high', bFrames: 2 }),
      reason: 'b_frames',
      codec: 'h264',
      says: /B-frames/i,
    },
    {
      name: 'H.264 in 4:2:2',
      launch: h264({ ...small, profile: 'high-4:2:2' }),
      reason: 'chroma',
      codec: 'h264',
      says: /4:2:2|chroma|colou?r/i,
    },
  ] as const;
  for (const [index, kind] of converted.entries()) {
    test(`${kind.name}: recorded unchanged, converted for live view while somebody watches`, async () => {
      const device = await add({ path: `/converted${String(index)}`, launch: kind.launch });
      const state = await app.vas.streamState(device.id);
      expect(state?.transcode_reasons).toEqual([kind.reason]);
      await whenHealth(
        app,
        'nobody watches, nothing converts',
        (health) => countOf(health, 'transcoder', device.id) === 0,
      );

      const tile = await showInTile(app, device);
      const opened = performance.now();
      await tile.whenState('live');
      measured(`${kind.name}: first converted picture after`, performance.now() - opened);
      await tile.whenMoreFrames(10);
      await tile.whenPixelsChange();
      expect(await tile.videoSize()).toEqual(small);
      await expect(tile.convertedBadge).toHaveText(/^converted: /i);
      expect(await tile.whyConverted()).toMatch(kind.says);
      await whenHealth(app, 'one converter runs', (health) => countOf(health, 'transcoder', device.id) === 1);

      await stopWatching(app);
      await whenHealth(
        app,
        'the converter ends after the last viewer',
        (health) => countOf(health, 'transcoder', device.id) === 0,
      );
      expect((await app.vas.streamState(device.id))?.phase).toBe('running');
      for (const { video } of await recorded(device)) {
        expect(video?.codec_name).toBe(kind.codec);
        expect([video?.width, video?.height]).toEqual([small.width, small.height]);
        if (kind.reason === 'b_frames') expect(video?.has_b_frames).toBeGreaterThan(0);
        if (kind.reason === 'chroma') expect(video?.pix_fmt).toBe('yuv422p');
      }
    });
  }

  for (const profile of ['baseline', 'high'] as const) {
    test(`H.264 ${profile} plays unchanged`, async () => {
      const device = await add({ path: `/${profile}`, launch: h264({ ...small, profile }) });
      const report = await validate(device);
      expect(report.valid && report.transcode_reasons).toEqual([]);
      const tile = await showInTile(app, device);
      await tile.whenState('live');
      await tile.whenMoreFrames(10);
      await tile.whenPixelsChange();
      await whenHealth(app, 'nothing converts', (health) => countOf(health, 'transcoder', device.id) === 0);
      await stopWatching(app);
      await recorded(device);
    });
  }

  for (const sound of ['aac', 'pcma', 'opus'] as const) {
    test(`sound: ${sound}`, async () => {
      const device = await add({ path: `/${sound}`, launch: h264({ ...small, audio: sound }) });
      const report = await validate(device);
      const names = { aac: 'aac', pcma: 'pcm_alaw', opus: 'opus' };
      expect(report.valid && report.info.audio?.codec).toBe(names[sound]);
      const tile = await showInTile(app, device);
      await tile.whenState('live');
      await tile.whenMoreFrames(10);
      await stopWatching(app);
      for (const { audio, video } of await recorded(device)) {
        expect(video?.codec_name).toBe('h264');
        // PCM is not what MP4 players expect: it becomes AAC; the others stay as they are.
        expect(audio?.codec_name).toBe(sound === 'opus' ? 'opus' : 'aac');
      }
    });
  }

  test('digest authentication', async () => {
    const device = await add({
      path: '/digest',
      launch: h264(small),
      user: 'viewer',
      password: "p@ss:/w#o%r'd ü",
    });
    expect(device.has_password).toBe(true);
    const tile = await showInTile(app, device);
    await tile.whenState('live');
    await tile.whenMoreFrames(5);
    await stopWatching(app);
    await recorded(device);
  });

  test('UDP transport', async () => {
    const device = await add({
      path: '/udp',
      launch: h264(small),
      protocols: ['udp'],
      device: { transport: 'udp' },
    });
    const tile = await showInTile(app, device);
    await tile.whenState('live');
    await tile.whenMoreFrames(5);
    await stopWatching(app);
    await recorded(device);
  });

  test('rtsps', async () => {
    const device = await add({ path: '/secure', launch: h264(small) }, secure);
    expect(device.rtsp_url).toMatch(/^rtsps:/);
    const tile = await showInTile(app, device);
    await tile.whenState('live');
    await tile.whenMoreFrames(5);
    await stopWatching(app);
    await recorded(device);
    expect(recordedFiles(app.dataDir, device.id).length).toBeGreaterThan(0);
  });
});
