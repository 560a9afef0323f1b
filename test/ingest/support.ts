import { readdir, readFile } from 'node:fs/promises';

/** FFmpeg processes that this process has started and that still run. */
export async function children(): Promise<number> {
  let count = 0;
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '');
    if (/^\d+ \(ffmpeg\) [^Z] /.test(stat) && Number(stat.split(' ')[3]) === process.pid) count++;
  }
  return count;
}
