import { spawn } from 'node:child_process';

/** Colour at a place (0 to 1) of each JPEG, read by FFmpeg: the mean of a small square around it. */
export async function ffmpegPixels(
  jpegs: readonly Buffer[],
  { x, y }: { readonly x: number; readonly y: number },
): Promise<[number, number, number][]> {
  if (jpegs.length === 0) return [];
  const crop = `crop=16:16:iw*${x.toFixed(4)}-8:ih*${y.toFixed(4)}-8,scale=1:1:flags=area`;
  const child = spawn('ffmpeg', [
    ...['-v', 'error', '-f', 'image2pipe', '-c:v', 'mjpeg', '-i', 'pipe:0'],
    ...['-fps_mode', 'passthrough', '-vf', crop, '-pix_fmt', 'rgb24', '-f', 'rawvideo', 'pipe:1'],
  ]);
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.stdin.end(Buffer.concat(jpegs));
  await ended;
  const raw = Buffer.concat(chunks);
  return Array.from({ length: Math.floor(raw.length / 3) }, (_, index) => [
    raw[index * 3] ?? 0,
    raw[index * 3 + 1] ?? 0,
    raw[index * 3 + 2] ?? 0,
  ]);
}
