import path from 'node:path';

/*
 * Folders of recordings:
 *   incoming/<camera>/<run>-<counter>.mp4   what FFmpeg writes, and the buffer of cameras that do not record
 *   incoming/<camera>/<run>.json            note about a run, for healing after a crash
 *   <camera>/<YYYY>/<MM>/<DD>/<start>_<id>.mp4   the archive; every file has a row
 *   quarantine/                             files that cannot be used; never deleted by the application
 */

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const INCOMING = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-(\d{5,9})\.mp4$/;
const ARCHIVED =
  /^([0-9a-f-]{36})\/\d{4}\/\d{2}\/\d{2}\/(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})\.(\d{3})Z_[0-9a-f]{8}\.mp4$/;

export const INCOMING_FOLDER = 'incoming';
export const QUARANTINE_FOLDER = 'quarantine';

export function isCameraFolder(name: string): boolean {
  return UUID.test(name);
}

export function incomingFolder(root: string, cameraId: string): string {
  return path.join(root, INCOMING_FOLDER, cameraId);
}

/** FFmpeg's pattern of a run's segments. A per cent sign in the folder's name must not look like a counter. */
export function segmentPattern(folder: string, runId: string): string {
  return path.join(folder.replaceAll('%', '%%'), `${runId}-%05d.mp4`);
}

export function segmentFileName(runId: string, counter: number): string {
  return `${runId}-${String(counter).padStart(5, '0')}.mp4`;
}

export function parseSegmentFileName(name: string): { runId: string; counter: number } | null {
  const match = INCOMING.exec(name);
  return match?.[1] !== undefined ? { runId: match[1], counter: Number(match[2]) } : null;
}

export function noteFileName(runId: string): string {
  return `${runId}.json`;
}

/** Path of an archived segment relative to the recordings folder, forward slashes, by UTC start. */
export function archivePath(cameraId: string, startUs: number, segmentId: string): string {
  const iso = new Date(Math.round(startUs / 1000)).toISOString();
  const [year = '', month = '', day = ''] = iso.slice(0, 10).split('-');
  const stamp = `${year}${month}${day}T${iso.slice(11).replaceAll(':', '')}`;
  return `${cameraId}/${year}/${month}/${day}/${stamp}_${segmentId.slice(0, 8)}.mp4`;
}

/** Camera and start that an archived segment's path tells; null for any other path. */
export function parseArchivePath(relative: string): { cameraId: string; startUs: number } | null {
  const match = ARCHIVED.exec(relative);
  if (!match) return null;
  const [, cameraId = '', year, month, day, hour, minute, second, ms] = match;
  const start = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    Number(ms),
  );
  return isCameraFolder(cameraId) && Number.isFinite(start) ? { cameraId, startUs: start * 1000 } : null;
}

export function fromArchive(root: string, relative: string): string {
  return path.join(root, ...relative.split('/'));
}
