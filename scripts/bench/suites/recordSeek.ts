import { copyFileSync, linkSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { archivePath } from '../../../main/kernel/recording/layout';
import { loopedClip } from '../lib/clips';
import { percentile, rounded, summarise } from '../lib/result';
import type { Cleanup } from '../lib/setup';
import { ffmpegPath, launch, temporaryFolder } from '../lib/setup';
import type { Run } from '../measure';

const CAMERAS = 16;
const DAYS = 30;
const FILES = 1000;
const MINUTE = 60_000;
const SEEKS = 60;

/** record.seek_p95_ms: from the wish to the picture, anywhere in a month of sixteen cameras. */
export async function recordSeek(run: Run, cleanup: Cleanup): Promise<void> {
  const ffmpeg = ffmpegPath();
  const dataDir = await temporaryFolder(cleanup, 'seek');
  const folder = await temporaryFolder(cleanup, 'seek-files');
  const files = await realFiles(ffmpeg, folder);
  const app = await launch(cleanup, dataDir);
  const ids: string[] = [];
  for (let n = 0; n < CAMERAS; n++) {
    const camera = {
      name: `Camera ${String(n + 1)}`,
      rtsp_url: `rtsp://127.0.0.1:9/${String(n)}`,
      start: false,
    };
    ids.push((await app.vas.command('devices.create', camera)).id);
  }
  const end = Math.floor(Date.now() / MINUTE) * MINUTE;
  const start = end - DAYS * 24 * 60 * MINUTE;
  const began = performance.now();
  const rows = fill(dataDir, ids, start, end, files, run.signal);
  run.note(
    `${String(rows)} segments of ${String(CAMERAS)} cameras in ${String(Math.round((performance.now() - began) / 1000))} s`,
  );

  const { page } = app;
  const line = performance.now();
  const span = { start: new Date(start).toISOString(), end: new Date(end).toISOString(), pixels: 1600 };
  const { cameras } = await app.vas.query('playback.timeline', { camera_ids: ids, ...span });
  const monthMs = performance.now() - line;
  if (cameras.some(({ recorded }) => recorded.length !== 1)) throw new Error('the time line has gaps');
  run.note(`the time line of the month: ${String(Math.round(monthMs))} ms`);

  await page.keyboard.press('Control+2');
  await page.getByRole('radio', { name: /^single/i }).click();
  await page.getByTestId('playback-video').waitFor();
  const times: number[] = [];
  for (let n = 0; n < SEEKS; n++) {
    run.signal.throwIfAborted();
    const at = start + Math.floor(((n * 0.618_034) % 1) * (end - start - 10 * MINUTE)) + MINUTE;
    times.push(await page.evaluate(seekTo, at));
  }
  run.note(`seek to picture: ${JSON.stringify(summarise(times))}`);
  run.result({
    id: 'record.seek_p95_ms',
    value: rounded(percentile(times, 95)),
    unit: 'ms',
    samples: { ...summarise(times), rows, timeline_month_ms: rounded(monthMs) },
    method:
      `${String(SEEKS)} jumps to moments all over ${String(DAYS)} days of ${String(CAMERAS)} cameras (${String(rows)} rows of the index; ` +
      `files hard-linked from ${String(FILES)} real ones: 1080p30, 60 s, a key frame each second), typed into the field of the ` +
      'Playback screen; from Enter to the picture of that moment in the tile, looked at with each picture of the screen.',
  });
}

/** Runs in the page: milliseconds from the wish to the picture. */
async function seekTo(at: number): Promise<number> {
  const field = document.querySelector<HTMLInputElement>('[data-testid="playback-goto"]');
  const video = document.querySelector<HTMLVideoElement>('[data-testid="playback-video"]');
  const setter = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
  if (field === null || video === null || setter === undefined)
    throw new Error('the Playback screen is not open');
  const date = new Date(at);
  const pad = (value: number, digits = 2): string => String(value).padStart(digits, '0');
  const day = `${String(date.getFullYear())}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  const time = `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}.${pad(date.getMilliseconds(), 3)}`;
  setter.call(field, `${day} ${time}`);
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await new Promise(requestAnimationFrame);
  const began = performance.now();
  field.form?.requestSubmit();
  for (;;) {
    await new Promise(requestAnimationFrame);
    const isThere =
      Math.abs(Number(video.dataset['at']) - at) < 50 && video.readyState >= 2 && !video.seeking;
    if (isThere) return performance.now() - began;
    if (performance.now() - began > 15_000) throw new Error(`no picture of ${String(at)} within 15 s`);
  }
}

async function realFiles(ffmpeg: string, folder: string): Promise<string[]> {
  const whole = path.join(folder, 'whole.mp4');
  // Little enough for a thousand of them; pictures as large as real ones.
  await loopedClip(ffmpeg, whole, 60, [
    ...['-r', '30', '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '30', '-bf', '0', '-crf', '40'],
    ...['-pix_fmt', 'yuv420p'],
  ]);
  return Array.from({ length: FILES }, (_none, n) => {
    const file = path.join(folder, `${String(n)}.mp4`);
    copyFileSync(whole, file);
    return file;
  });
}

function fill(
  dataDir: string,
  ids: readonly string[],
  start: number,
  end: number,
  files: readonly string[],
  signal: AbortSignal,
): number {
  const recordings = path.join(dataDir, 'recordings');
  const db = new Database(path.join(dataDir, 'vas.db'), { timeout: 30_000 });
  let count = 0;
  try {
    const add = db.prepare(
      `INSERT INTO segments (id, camera_id, run_id, path, start_us, end_us, video_codec, width, height, bytes)
       VALUES (?, ?, 'bench', ?, ?, ?, 'h264', 1920, 1080, 2000000)`,
    );
    for (const cameraId of ids) {
      signal.throwIfAborted();
      let day = '';
      db.transaction(() => {
        for (let at = start; at < end; at += MINUTE) {
          const id = `${(++count).toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
          const relative = archivePath(cameraId, at * 1000, id);
          const file = path.join(recordings, relative);
          if (path.dirname(file) !== day)
            mkdirSync((day = path.dirname(file)), { recursive: true, mode: 0o700 });
          linkSync(files[count % files.length] ?? '', file);
          add.run(id, cameraId, relative, at * 1000, (at + MINUTE) * 1000);
        }
      })();
    }
  } finally {
    db.close();
  }
  return count;
}
