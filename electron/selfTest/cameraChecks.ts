import { stat } from 'node:fs/promises';
import type { BrowserWindow } from 'electron';
import { rtspUrl } from '../../contract/devices';
import { filesBelow } from './files';
import type { Caller } from '../ipc/caller';
import { livePicture } from './window';
import type { Check } from './report';
import type { TestCamera } from './testCamera';
import { pause } from './testCamera';

/** Footage that is recorded at least before the camera is stopped, milliseconds. */
const FOOTAGE_MS = 15_000;

/** Adds the camera and sees it live in the window. */
export function liveChecks(camera: TestCamera, caller: Caller, window: BrowserWindow): Check[] {
  return [
    {
      name: 'camera is added and probed',
      limitMs: 30_000,
      async run() {
        const { url, username, password } = withoutCredentials(camera.address);
        if (password !== null) await caller.command('secrets.accept-obfuscation', {});
        const device = await caller.command('devices.create', {
          name: 'Self-test',
          rtsp_url: url,
          ...(username === null ? {} : { username }),
          ...(password === null ? {} : { password }),
        });
        camera.id = device.id;
        return { rtsp_url: device.rtsp_url };
      },
    },
    {
      name: 'live picture in the window',
      limitMs: 45_000,
      async run() {
        if (camera.id === '') throw new Error('there is no camera');
        const picture = await livePicture(window);
        camera.liveAtMs = Date.now();
        return picture;
      },
    },
  ];
}

/** Finds the camera's footage in the archive. */
export const footageCheck = (camera: TestCamera, caller: Caller): Check => ({
  name: 'footage is recorded',
  limitMs: 60_000,
  async run() {
    const device_id = camera.id;
    if (camera.liveAtMs === null) throw new Error('there was no picture that could be recorded');
    await pause(Math.max(0, camera.liveAtMs + FOOTAGE_MS - Date.now()));
    // Stopping ends the running segment, which is registered at once instead of after its minute.
    await caller.command('devices.stop-stream', { id: device_id });
    for (;;) {
      const span = { start: '2000-01-01T00:00:00.000Z', end: '2999-01-01T00:00:00.000Z' };
      const { segments } = await caller.query('recordings.segments', { device_id, ...span });
      const newest = segments.at(-1);
      if (newest) {
        camera.footage = { start: newest.start, end: newest.end };
        return { segments: segments.length, newest, ...(await onDisk(caller, newest.file_size)) };
      }
      await pause();
    }
  },
});

/** The index is believed only with the file that it names. */
async function onDisk(caller: Caller, bytes: number): Promise<{ file_bytes: number }> {
  const { recordings_dir } = await caller.query('system.info', {});
  for (const file of await filesBelow(recordings_dir)) {
    const { size } = await stat(file);
    if (file.endsWith('.mp4') && size === bytes && size > 0) return { file_bytes: size };
  }
  throw new Error(`no file of ${String(bytes)} bytes is in the archive`);
}

/** A camera's address is kept without credentials; these travel in fields of their own. */
function withoutCredentials(address: string) {
  const url = new URL(address);
  const text = (value: string) => (value === '' ? null : decodeURIComponent(value));
  const [username, password] = [text(url.username), text(url.password)];
  url.username = '';
  url.password = '';
  return { url: rtspUrl.parse(url.href), username, password };
}
