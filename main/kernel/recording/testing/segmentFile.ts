import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { run } from '../../media/testing/run';

/** A fragmented file of two seconds as FFmpeg writes segments, gone after the test. @returns its path */
export async function makeSegment(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vas-segment-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'segment.mp4');
  await write(file);
  return file;
}

/** The bytes of such a file. */
export async function segmentSample(): Promise<Buffer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vas-segment-'));
  try {
    await write(path.join(folder, 'segment.mp4'));
    return await readFile(path.join(folder, 'segment.mp4'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function write(file: string): Promise<void> {
  await run('ffmpeg', [
    ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=10:d=2', '-c:v', 'libx264'],
    ...['-preset', 'ultrafast', '-g', '10', '-pix_fmt', 'yuv420p'],
    ...['-movflags', '+frag_keyframe+empty_moov+default_base_moof', '-frag_duration', '500000', '-y', file],
  ]);
}
