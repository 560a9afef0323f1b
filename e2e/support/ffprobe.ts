import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface ProbedStream {
  readonly codec_name: string;
  readonly codec_type: 'video' | 'audio' | 'data';
  readonly width?: number;
  readonly height?: number;
  readonly has_b_frames?: number;
  readonly pix_fmt?: string;
  readonly nb_read_packets?: string;
}

export interface ProbedFile {
  readonly video: ProbedStream | null;
  readonly audio: ProbedStream | null;
  /** Seconds. */
  readonly duration: number;
  readonly packets: number;
}

/**
 * Reads the whole file with ffprobe.
 * @throws Error with ffprobe's complaint when it cannot be read or complains at all
 */
export async function probeFile(file: string): Promise<ProbedFile> {
  const { stdout, stderr } = await run(
    'ffprobe',
    ['-v', 'error', '-count_packets', '-show_streams', '-show_format', '-of', 'json', file],
    { timeout: 20_000, maxBuffer: 16 * 1024 * 1024 },
  );
  if (stderr.trim() !== '') throw new Error(`${file}: ${stderr.trim()}`);
  const answer = JSON.parse(stdout) as { streams?: ProbedStream[]; format?: { duration?: string } };
  const streams = answer.streams ?? [];
  const video = streams.find((stream) => stream.codec_type === 'video') ?? null;
  return {
    video,
    audio: streams.find((stream) => stream.codec_type === 'audio') ?? null,
    duration: Number(answer.format?.duration ?? Number.NaN),
    packets: Number(video?.nb_read_packets ?? 0),
  };
}

/** Size of a picture file in pixels. */
export async function pictureSize(file: string): Promise<{ codec: string; width: number; height: number }> {
  const { video } = await probeFile(file);
  if (!video) throw new Error(`${file} holds no picture`);
  return { codec: video.codec_name, width: video.width ?? 0, height: video.height ?? 0 };
}
