import type { StoreReads } from '../../store/types';

export interface Span {
  readonly startUs: number;
  readonly endUs: number;
}

/** Up to here an overlap is the jitter of a clock estimate, microseconds; beyond, the system clock was set back. */
export const JITTER_US = 1_000_000;

/**
 * Where footage can begin so that recordings of a camera never overlap (architecture, Identity and time).
 * A small overlap moves the start to the end of what is there. After the system clock was set back into
 * time that is recorded already, footage goes behind everything that is there.
 * @param taken spans that have no row yet
 * @returns the start, at or after `span.startUs`, whole milliseconds
 */
export async function freeStart(
  read: Pick<StoreReads, 'findSegments' | 'lastSegmentEnd'>,
  cameraId: string,
  span: Span,
  taken: readonly Span[],
): Promise<number> {
  const startUs = wholeMilliseconds(span.startUs);
  const length = Math.max(1000, wholeMilliseconds(span.endUs) - startUs);
  const inTheWay = async (fromUs: number): Promise<Span[]> => {
    const rows = await read.findSegments(cameraId, fromUs, fromUs + length, 2);
    return [...rows, ...taken].filter((other) => other.startUs < fromUs + length && other.endUs > fromUs);
  };
  const first = await inTheWay(startUs);
  if (first.length === 0) return startUs;
  const behind = upToMilliseconds(Math.min(...first.map((other) => other.endUs)));
  if (behind - startUs <= JITTER_US && (await inTheWay(behind)).length === 0) return behind;
  const last = (await read.lastSegmentEnd(cameraId)) ?? 0;
  return upToMilliseconds(Math.max(last, ...taken.map((other) => other.endUs)));
}

/**
 * End of footage that begins at `startUs`. The clock decides where it agrees with the pictures to 1 %;
 * otherwise (it was stepped, or the start was moved) the pictures do.
 * @param clockEndUs what the clock says
 */
export function footageEnd(startUs: number, clockEndUs: number, mediaSeconds: number): number {
  const byMedia = startUs + mediaSeconds * 1e6;
  const end = Math.abs(clockEndUs - byMedia) <= mediaSeconds * 1e4 ? clockEndUs : byMedia;
  return Math.max(startUs + 1000, wholeMilliseconds(end));
}

/** Rows are in whole milliseconds: file names tell them exactly. */
export function wholeMilliseconds(us: number): number {
  return Math.round(us / 1000) * 1000;
}

function upToMilliseconds(us: number): number {
  return Math.ceil(us / 1000) * 1000;
}
