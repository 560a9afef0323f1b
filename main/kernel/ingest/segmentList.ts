import type { ClosedSegment } from '../streams';

/**
 * A line of FFmpeg's `-segment_list_type csv`: `file,start,end`, the name quoted only where it must be.
 * @returns null for anything else
 */
export function parseSegmentLine(line: string): ClosedSegment | null {
  const match = /^(?:"((?:[^"]|"")*)"|([^",]+)),(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)\s*$/.exec(line);
  if (!match) return null;
  const file = match[1] === undefined ? match[2] : match[1].replaceAll('""', '"');
  // A name only: where the file lies is the recorder's decision.
  if (!file || file.includes('/') || file === '..') return null;
  return { file, startSeconds: Number(match[3]), endSeconds: Number(match[4]) };
}
