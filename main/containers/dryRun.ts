import { randomUUID } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../base/clock';
import { VasError } from '../base/errors';
import type { Logger } from '../base/logger';
import { spawnChild } from '../kernel/process/child';
import type { InferenceResult, ModelContainers } from './containers';

/** A dry run may take its time: nobody waits for the next frame, milliseconds. */
const DEADLINE_MS = 20_000;
const DECODE_LIMIT_MS = 15_000;
/** Larger pictures are scaled down before they are shown to the model, pixels. */
const LONGEST_SIDE = 2560;
const MAX_FILE_BYTES = 100 * 1024 ** 2;

export interface DryRunOptions {
  readonly containers: ModelContainers;
  readonly exportDir: string;
  /** FFmpeg's path. */
  readonly ffmpeg: string;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A decoded picture: NV12, BT.601, limited range, rows without gaps. */
interface Picture {
  readonly data: Uint8Array;
  /** Pixels, even. */
  readonly width: number;
  readonly height: number;
}

/**
 * Shows one picture file to a running model, by the way that camera frames go: a frame ring of its own, which lives
 * as long as the request. What the model says is not stored.
 * @param file absolute path of a JPEG or PNG that the user chose
 * @throws VasError invalid when it is no picture; not_found when there is no such model
 */
export async function dryRun(
  modelId: string,
  file: string,
  config: Readonly<Record<string, unknown>>,
  options: DryRunOptions,
): Promise<{ result: InferenceResult; width: number; height: number }> {
  options.containers.get(modelId);
  const { data, width, height } = await decode(file, options);
  // Loaded only now: without AI the addon is not in the main process (INV-02).
  const { createFrameRing } = await import('../../native');
  const cameraId = `dryrun-${randomUUID()}`;
  const reference = path.join(options.exportDir, `vas_frames_${cameraId}`);
  const ring = createFrameRing(reference, { cameraId, maxPictureBytes: data.byteLength, capacity: 2 });
  try {
    const wallUs = options.clock.wallUs();
    const frameId = ring.publish({
      ...{ data, width, height, ptsUs: 0, wallUs },
      ...({ matrix: 'bt601', range: 'limited' } as const),
    });
    const request = {
      frame_reference: reference,
      frame_metadata: { frame_id: frameId, width, height, format: 'NV12' as const, timestamp: wallUs / 1e6 },
      camera_id: cameraId,
      model_id: modelId,
      timestamp: wallUs / 1e6,
      config: { ...config, max_age_ms: DEADLINE_MS },
    };
    return { result: await options.containers.infer(modelId, request, DEADLINE_MS), width, height };
  } finally {
    ring.close();
    await rm(reference, { force: true });
  }
}

/** PAM says its size itself; three planes of RGB would say nothing of a picture's own colour range. */
async function decode(file: string, { ffmpeg, clock, log }: DryRunOptions): Promise<Picture> {
  const noPicture = (): VasError =>
    new VasError(
      'invalid',
      `${path.basename(file)} is no picture that can be read. Choose a JPEG or PNG file.`,
    );
  if (!path.isAbsolute(file)) throw noPicture();
  const facts = await stat(file).catch(() => null);
  if (!facts?.isFile() || facts.size > MAX_FILE_BYTES) throw noPicture();
  const fit = `scale=w='trunc(iw*min(1,${LONGEST_SIDE}/max(iw,ih))/2)*2':h='trunc(ih*min(1,${LONGEST_SIDE}/max(iw,ih))/2)*2'`;
  const child = spawnChild({
    file: ffmpeg,
    // `file:` keeps a name like concat:x from being taken for a protocol.
    args: [
      ...['-v', 'error', '-nostdin', '-protocol_whitelist', 'file', '-i', `file:${file}`],
      ...['-frames:v', '1', '-vf', `${fit}:out_color_matrix=bt601:out_range=tv,format=yuv420p`],
      ...['-f', 'yuv4mpegpipe', '-strict', '-1', 'pipe:1'],
    ],
    label: 'dry-run',
    log,
    stdout: 'pipe',
  });
  const limit = clock.after(DECODE_LIMIT_MS, () => void child.stop(0));
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  await child.exited;
  limit.cancel();
  return readYuv4mpeg(Buffer.concat(chunks)) ?? Promise.reject(noPicture());
}

/** One frame of YUV4MPEG2, whose header names the size; its two chroma planes are woven into one. */
function readYuv4mpeg(bytes: Buffer): Picture | null {
  const [header = '', frame = ''] = bytes.subarray(0, 512).toString('latin1').split('\n');
  const [width, height] = [/ W(\d+)/, / H(\d+)/].map((key) => Number(key.exec(header)?.[1] ?? NaN));
  if (!width || !height || !frame.startsWith('FRAME')) return null;
  const start = header.length + frame.length + 2;
  const [luma, chroma] = [width * height, (width / 2) * (height / 2)];
  if (bytes.length < start + luma + 2 * chroma) return null;
  const data = new Uint8Array(luma + 2 * chroma);
  data.set(bytes.subarray(start, start + luma));
  const [u, v] = [start + luma, start + luma + chroma];
  for (let index = 0; index < chroma; index++) {
    data[luma + 2 * index] = bytes[u + index] ?? 128;
    data[luma + 2 * index + 1] = bytes[v + index] ?? 128;
  }
  return { data, width, height };
}
