import type { AiEvent } from '../../../contract';
import { field } from '../../base/csv';

const COLUMNS = [
  'id',
  'timestamp',
  'camera',
  'camera_id',
  'model_id',
  'labels',
  'confidence',
  'zones',
  'frame_id',
  'snapshot_id',
  'clip_id',
  'reviewed_at',
  'detections',
  'event_metadata',
] as const;

const LINE_END = '\r\n';

export const csvHead = (): string => COLUMNS.join(',') + LINE_END;

/** One record of RFC 4180. */
export function csvRecord(event: AiEvent, camera: string): string {
  const values: Record<(typeof COLUMNS)[number], string | number | null> = {
    ...event,
    camera,
    labels: labelsOf(event).join('; '),
    zones: textsIn(event.event_metadata['zones']).join('; '),
    detections: JSON.stringify(event.detections),
    event_metadata: JSON.stringify(event.event_metadata),
  };
  return COLUMNS.map((column) => field(values[column])).join(',') + LINE_END;
}

/** Seed 003's class names or those of seed 002's objects, each once. */
function labelsOf({ detections }: AiEvent): string[] {
  const list = Array.isArray(detections['detections']) ? detections['detections'] : detections['objects'];
  if (!Array.isArray(list)) return [];
  const names = (list as unknown[]).flatMap((one) => {
    if (typeof one !== 'object' || one === null) return [];
    const { class_name: name, class: older } = one as Record<string, unknown>;
    return textsIn([name ?? older]);
  });
  return [...new Set(names)];
}

function textsIn(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];
}
