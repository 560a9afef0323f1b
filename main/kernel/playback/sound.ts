import type { FootageSource } from '../media/footage';
import type { MediaJobs } from '../media/jobs';
import type { MediaWorker } from '../media/mediaWorker';
import { mediaTime } from '../media/mediaTime';
import type { PlaybackSession } from './session';
import { momentIn } from './session';

/** One channel of this many samples a second: speech and what happens, not music. */
const SOUND_RATE = 24_000;
/** The longest stretch of one answer, microseconds. */
export const LONGEST_SOUND_US = 20_000_000;
const TIMEOUT_MS = 15_000;
const BYTES = 2;

export interface SoundContext {
  readonly footage: FootageSource;
  readonly worker: MediaWorker;
  readonly jobs: MediaJobs;
}

/**
 * The recorded sound of a stretch, whatever codec it was recorded in: length of the head (32 bit, big endian), head as
 * JSON, then samples (16 bit, little endian, one channel) from the beginning of the stretch to its end. Where there is
 * none it is silent; `has_sound` says whether there was any.
 */
export async function soundAnswer(
  { footage, worker, jobs }: SoundContext,
  session: PlaybackSession,
  fromUs: number,
  toUs: number,
): Promise<Uint8Array> {
  const samples = Buffer.alloc(sampleAt(fromUs, toUs) * BYTES);
  let hasSound = false;
  for (const found of await footage.locate(session.cameraId, fromUs, toUs)) {
    const source = await session.withFile(momentIn(found), async (piece) => {
      const time = mediaTime(piece, (piece.endUs - piece.startUs) / 1e6);
      const wanted = { from: time.seconds(fromUs), to: time.seconds(toUs) };
      const answer = await worker.run('soundSource', piece.file, wanted.from, wanted.to);
      return { ...answer, startUs: time.wallUs(answer.startSeconds) };
    });
    if (source.bytes.length === 0) continue;
    hasSound = true;
    const decoded = await jobs.run({
      label: 'playback-sound',
      args: [
        ...['-hide_banner', '-nostdin', '-v', 'error', '-threads', '1', '-f', 'mp4', '-i', 'pipe:0'],
        ...['-map', '0:a:0', '-ac', '1', '-ar', String(SOUND_RATE), '-f', 's16le', 'pipe:1'],
      ],
      stdin: source.bytes,
      timeoutMs: TIMEOUT_MS,
      signal: session.aborter.signal,
    });
    // What was decoded before the stretch only set the decoder going.
    const from = Math.max(fromUs, found.startUs);
    const skipped = sampleAt(source.startUs, from);
    const part = decoded.subarray(Math.max(0, skipped) * BYTES);
    const place = sampleAt(fromUs, from) + Math.max(0, -skipped);
    const room = sampleAt(fromUs, Math.min(toUs, found.endUs)) - place;
    if (room > 0) part.copy(samples, place * BYTES, 0, room * BYTES);
  }
  const head = Buffer.from(JSON.stringify({ at: fromUs / 1000, rate: SOUND_RATE, has_sound: hasSound }));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length, 0);
  return new Uint8Array(Buffer.concat([length, head, samples]));
}

/** Samples between two moments. */
const sampleAt = (fromUs: number, us: number): number => Math.round(((us - fromUs) * SOUND_RATE) / 1e6);
