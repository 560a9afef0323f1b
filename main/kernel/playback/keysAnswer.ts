import type { FootagePiece, FootageSource } from '../media/footage';
import type { MediaJobs } from '../media/jobs';
import type { MediaWorker } from '../media/mediaWorker';
import { mediaTime } from '../media/mediaTime';
import { convertKeys } from './conversion';
import type { KeysHead } from './pack';
import { NO_PICTURES, packed } from './pack';
import type { PlaybackSession } from './session';
import { momentIn } from './session';

export interface KeysRange {
  readonly fromUs: number;
  /** Before `fromUs`: the ones nearest to `fromUs` are taken, going back. */
  readonly toUs: number;
  readonly stepUs: number;
}

/** Key frames of one answer at most: a player asks again in time. */
const MOST = 16;

export interface KeysContext {
  readonly footage: FootageSource;
  readonly worker: MediaWorker;
  readonly jobs: MediaJobs;
  readonly decodes: ReadonlySet<string>;
}

/** Key frames of one file. */
interface Part {
  readonly head: KeysHead;
  readonly pictures: readonly Uint8Array[];
}

/**
 * Key frames of a range, from its beginning on: length of the head (32 bit, big endian), head as JSON, pictures.
 * It stops where one decoder would have to be set up anew.
 */
export async function keysAnswer(
  context: KeysContext,
  session: PlaybackSession,
  range: KeysRange,
): Promise<Uint8Array> {
  const { fromUs, toUs } = range;
  const backwards = toUs < fromUs;
  const pieces = await context.footage.locate(
    session.cameraId,
    Math.min(fromUs, toUs),
    Math.max(fromUs, toUs) + 1,
  );
  const parts: Part[] = [];
  for (const piece of backwards ? pieces.reverse() : pieces) {
    const found = parts.reduce((sum, { head }) => sum + head.frames.length, 0);
    if (found >= MOST) break;
    const part = await session.withFile(momentIn(piece), (held) =>
      keysOf(context, session, held, range, MOST - found),
    );
    const first = parts[0]?.head;
    if (first && (first.kind !== part.head.kind || first.description !== part.head.description)) break;
    if (part.head.frames.length > 0) parts.push(part);
  }
  if (backwards) parts.reverse();
  const head = parts[0]?.head ?? NO_PICTURES;
  return packed(
    { ...head, frames: parts.flatMap((part) => part.head.frames) },
    parts.flatMap(({ pictures }) => pictures),
  );
}

async function keysOf(
  { worker, jobs, decodes }: KeysContext,
  session: PlaybackSession,
  piece: FootagePiece,
  { fromUs, toUs, stepUs }: KeysRange,
  most: number,
): Promise<Part> {
  const table = await worker.run('chunkTable', piece.file, piece.open);
  const time = mediaTime(piece, table.chunks.at(-1)?.to ?? 0);
  const isPlayed = decodes.has(table.codec) && table.codec === 'h264';
  const answer = await worker.run('keyFrames', {
    file: piece.file,
    from: time.seconds(Math.min(fromUs, toUs)),
    to: time.seconds(Math.max(fromUs, toUs) + 1),
    step: stepUs / 1e6,
    most,
    backwards: toUs < fromUs,
    asFile: !isPlayed,
  });
  const at = answer.frames.map(({ seconds }) => time.wallUs(seconds) / 1000);
  const size = { width: answer.width, height: answer.height };
  if (isPlayed) {
    const frames = answer.frames.map((frame, index) => ({ at: at[index] ?? 0, size: frame.size }));
    const { codecString: codec, description } = answer;
    return { head: { kind: 'video', codec, description, ...size, frames }, pictures: [answer.bytes] };
  }
  const pictures =
    answer.frames.length === 0 ? [] : await convertKeys(jobs, answer.bytes, session.aborter.signal);
  const frames = pictures
    .slice(0, at.length)
    .map((picture, index) => ({ at: at[index] ?? 0, size: picture.length }));
  return { head: { kind: 'jpeg', codec: null, description: null, ...size, frames }, pictures };
}
