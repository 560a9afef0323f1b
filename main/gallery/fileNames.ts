import type { CaptureRow } from '../store/types';

/** Characters that some file system refuses, and what starts a hidden file. */
// eslint-disable-next-line no-control-regex
const UNSAFE = /[\u0000-\u001f\u007f<>:"/\\|?*]+/g;
/** Names of devices where Windows opens the file. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i;
const LONGEST = 80;

/** A part of a file name out of what people typed. Pure. */
export function safePart(text: string): string {
  const safe = text
    .normalize('NFC')
    .replace(UNSAFE, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.-]+|[\s.]+$/g, '')
    .slice(0, LONGEST)
    .trim();
  return RESERVED.test(safe) ? `${safe}_` : safe;
}

/** `Main gate 2026-11-21 08-30-00.jpg`: the camera, the moment in UTC, and the label where there is one. */
export function fileNameOf(row: Pick<CaptureRow, 'deviceName' | 'atUs' | 'label' | 'kind'>): {
  readonly name: string;
  readonly extension: 'jpg' | 'mp4';
} {
  const at = new Date(Math.floor(row.atUs / 1000)).toISOString();
  const moment = `${at.slice(0, 10)} ${at.slice(11, 19).replaceAll(':', '-')}Z`;
  const parts = [safePart(row.deviceName) || 'camera', moment, safePart(row.label ?? '')];
  return {
    name: parts.filter((part) => part !== '').join(' '),
    extension: row.kind === 'snapshot' ? 'jpg' : 'mp4',
  };
}

/** The name, and from the second try on one with a number. */
export const freeName = (name: string, extension: string, turn: number): string =>
  turn === 0 ? `${name}.${extension}` : `${name} (${String(turn + 1)}).${extension}`;
