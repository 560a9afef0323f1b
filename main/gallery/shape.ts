import type { Capture } from '../../contract/gallery';
import { VasError } from '../base/errors';
import type { CaptureRow } from '../store/types';

const isoOf = (us: number): string => new Date(Math.floor(us / 1000)).toISOString();
const isoOrNull = (us: number | null): string | null => (us === null ? null : isoOf(us));

export function captureOf(row: CaptureRow): Capture {
  const media = `vas-media://${row.kind}s/${row.id}`;
  return {
    kind: row.kind,
    id: row.id,
    device_id: row.deviceId,
    device_name: row.deviceName,
    timestamp: isoOf(row.atUs),
    start_timestamp: isoOrNull(row.startUs),
    end_timestamp: isoOrNull(row.endUs),
    duration: row.duration,
    label: row.label,
    notes: row.notes,
    tags: [...row.tags],
    source: row.source,
    file_size: row.bytes,
    width: row.width,
    height: row.height,
    url: row.kind === 'snapshot' ? media : `${media}/video`,
    thumbnail_url: row.hasThumbnail ? `${media}/thumbnail` : null,
    created_by: row.userName,
    created_at: isoOf(row.createdUs),
    updated_at: isoOf(row.updatedUs),
  };
}

const CURSOR = /^(\d{1,16})\.([0-9a-f-]{36})$/;

export const writeCursor = ({ atUs, id }: Pick<CaptureRow, 'atUs' | 'id'>): string => `${String(atUs)}.${id}`;

/** @throws VasError bad_request */
export function readCursor(cursor: string): { readonly atUs: number; readonly id: string } {
  const [, atUs, id] = CURSOR.exec(cursor) ?? [];
  if (atUs === undefined || id === undefined)
    throw new VasError('bad_request', 'This is not a cursor of a page. Start with the first page again.');
  return { atUs: Number(atUs), id };
}
