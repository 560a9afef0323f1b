// @ts-check
// User data, read by programs that are not ours: SQLite's file through better-sqlite3, footage through FFmpeg.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/**
 * @param {string} dataDir
 * @returns {Promise<{cameras: string[], segments: {id: string, seconds: number}[]}>}
 * @throws Error when a segment of the index cannot be decoded
 */
export async function readData(dataDir) {
  const database = new Database(join(dataDir, 'vas.db'), { readonly: true });
  try {
    const cameras = /** @type {string[]} */ (
      database.prepare('SELECT id FROM devices WHERE deleted_us IS NULL ORDER BY id').pluck().all()
    );
    const ids = /** @type {string[]} */ (
      database.prepare('SELECT id FROM segments ORDER BY id').pluck().all()
    );
    const files = readdirSync(join(dataDir, 'recordings'), { recursive: true, encoding: 'utf8' });
    const segments = ids.map((id) => {
      // The file's name ends with the beginning of the segment's id.
      const file = files.find((name) => name.endsWith('.mp4') && name.includes(id.slice(0, 8)));
      if (!file) throw new Error(`segment ${id} has no file`);
      return { id, seconds: decodedSeconds(join(dataDir, 'recordings', file)) };
    });
    return { cameras, segments };
  } finally {
    database.close();
  }
}

/** Decodes every picture. @param {string} file */
function decodedSeconds(file) {
  const { status, stderr } = spawnSync(
    'ffmpeg',
    ['-hide_banner', '-nostdin', '-xerror', '-i', file, '-f', 'null', '-'],
    { encoding: 'utf8' },
  );
  const time = [...stderr.matchAll(/time=(\d+):(\d+):([\d.]+)/g)].at(-1);
  if (status !== 0 || !time) throw new Error(`${file} cannot be decoded: ${stderr.split('\n').at(-2) ?? ''}`);
  return Number(time[1]) * 3600 + Number(time[2]) * 60 + Number(time[3]);
}
