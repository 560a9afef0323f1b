import type { AuditEntry } from '../../contract/audit';
import { field } from '../base/csv';

const COLUMNS = [
  ...(['seq', 'time', 'user_name', 'user_id', 'action', 'outcome', 'object_kind', 'object_id'] as const),
  ...(['cameras', 'camera_ids', 'detail', 'previous', 'hash'] as const),
] as const;

const LINE_END = '\r\n';

export const auditCsvHead = (): string => COLUMNS.join(',') + LINE_END;

/** One record of RFC 4180. */
export function auditCsvRecord(entry: AuditEntry, previous: string): string {
  const { object, cameras, detail, ...plain } = entry;
  const values: Record<(typeof COLUMNS)[number], string | number | null> = {
    ...plain,
    previous,
    object_kind: object?.kind ?? null,
    object_id: object?.id ?? null,
    cameras: cameras.map(({ name }) => name).join('; '),
    camera_ids: cameras.map(({ id }) => id).join('; '),
    detail: JSON.stringify(detail),
  };
  return COLUMNS.map((column) => field(values[column])).join(',') + LINE_END;
}
