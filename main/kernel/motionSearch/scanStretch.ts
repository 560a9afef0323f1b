import { MOTION_BYTES } from '../../../contract/motionGrid';
import type { MediaJobs } from '../media/jobs';
import { mediaTime } from '../media/mediaTime';
import type { MediaWorker } from '../media/mediaWorker';
import type { Stretch } from './unknown';
import { SCAN_BYTES, SCAN_HEIGHT, SCAN_WIDTH } from './worker/pictureMotion';

const SECOND_US = 1_000_000;
/** Where every picture has to be decoded, so many a second are looked at. */
const SCAN_FPS = 2;
/** Decoding a minute of a large stream on a busy machine, milliseconds. */
const TIMEOUT_MS = 120_000;
/** Pictures further apart than this are not compared, microseconds. */
const FURTHEST_US = 4 * SECOND_US;

/** The last picture that was looked at, so that the next stretch goes on from it. */
export interface LastPicture {
  readonly us: number;
  readonly bytes: Uint8Array;
}

export interface Scanned {
  /** By the second since the epoch: which cells moved in it. */
  readonly seconds: ReadonlyMap<number, Uint8Array>;
  readonly last: LastPicture | null;
}

/** Looks through a stretch of one file. @throws VasError when it cannot be read or decoded, or was cancelled */
export async function scanStretch(
  { worker, jobs }: { worker: MediaWorker; jobs: MediaJobs },
  { piece, fromUs, toUs }: Stretch,
  before: LastPicture | null,
  signal: AbortSignal,
): Promise<Scanned> {
  const place = mediaTime(piece, (piece.endUs - piece.startUs) / 1e6);
  const source = await worker.run('scanSource', piece.file, place.seconds(fromUs), place.seconds(toUs));
  if (source.bytes.length === 0) return { seconds: new Map(), last: null };
  const isEvery = source.seconds === null;
  const pictures = await jobs.run({
    label: 'motion-scan',
    args: scanArguments(isEvery),
    stdin: source.bytes,
    timeoutMs: TIMEOUT_MS,
    signal,
  });
  const count = Math.floor(pictures.length / SCAN_BYTES);
  const time = mediaTime(piece, source.mediaSeconds);
  const times = Array.from({ length: count }, (_, index) =>
    time.wallUs(source.seconds?.[index] ?? source.firstSeconds + index / SCAN_FPS),
  );
  const first = times[0] ?? fromUs;
  // A key frame before the stretch is compared with by itself.
  const previous = before !== null && before.us < first && first - before.us < FURTHEST_US ? before : null;
  const { masks, last } = await worker.run(
    'pictureMotion',
    previous?.bytes ?? null,
    new Uint8Array(pictures),
  );
  const seconds = new Map<number, Uint8Array>();
  let since = previous?.us ?? null;
  for (const [index, us] of times.entries()) {
    if (since !== null)
      note(seconds, since, us, masks.subarray(index * MOTION_BYTES, (index + 1) * MOTION_BYTES));
    since = us;
  }
  const lastUs = times.at(-1);
  return { seconds, last: last === null || lastUs === undefined ? null : { us: lastUs, bytes: last } };
}

/** What changed between two pictures is said of each second between them. */
function note(seconds: Map<number, Uint8Array>, fromUs: number, toUs: number, mask: Uint8Array): void {
  for (let second = Math.floor(fromUs / SECOND_US); second * SECOND_US < toUs; second++) {
    const present = seconds.get(second);
    seconds.set(second, present ? present.map((byte, index) => byte | (mask[index] ?? 0)) : mask.slice());
  }
}

function scanArguments(isEvery: boolean): string[] {
  const size = `scale=${String(SCAN_WIDTH)}:${String(SCAN_HEIGHT)}:flags=area,format=gray`;
  return [
    ...['-hide_banner', '-nostdin', '-v', 'error', '-threads', '1', '-f', 'mp4', '-i', 'pipe:0'],
    ...['-map', '0:v:0', '-an', '-filter_threads', '1'],
    ...['-vf', isEvery ? `fps=${String(SCAN_FPS)}:start_time=0,${size}` : size, '-fps_mode', 'passthrough'],
    ...['-c:v', 'rawvideo', '-threads', '1', '-f', 'rawvideo', 'pipe:1'],
  ];
}
