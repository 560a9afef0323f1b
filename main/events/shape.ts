import type { AiEvent, AiEventFilter } from '../../contract/events';
import { VasError } from '../base/errors';
import type { EventCursor, EventFilter, EventRow } from '../store/events/types';

export function toEvent(row: EventRow): AiEvent {
  return {
    id: row.id,
    camera_id: row.cameraId,
    model_id: row.modelId,
    timestamp: instantOf(row.timestampUs),
    frame_id: row.frameId,
    detections: JSON.parse(row.detections) as Record<string, unknown>,
    confidence: row.confidence,
    event_metadata: JSON.parse(row.metadata) as Record<string, unknown>,
    created_at: instantOf(row.createdUs),
    snapshot_id: row.snapshotId,
    clip_id: row.clipId,
    reviewed_at: row.reviewedUs === null ? null : instantOf(row.reviewedUs),
  };
}

/** @throws VasError invalid when the time ends before it begins */
export function toFilter(filter: AiEventFilter, userId: string): EventFilter {
  const fromUs = filter.start_time === undefined ? undefined : usOf(filter.start_time);
  const toUs = filter.end_time === undefined ? undefined : usOf(filter.end_time);
  if (fromUs !== undefined && toUs !== undefined && toUs < fromUs)
    throw new VasError('invalid', 'The end of the time is before its start. Exchange them.');
  return {
    ...(filter.camera_ids === undefined ? {} : { cameraIds: filter.camera_ids }),
    ...(filter.model_ids === undefined ? {} : { modelIds: filter.model_ids }),
    ...(filter.labels === undefined ? {} : { labels: filter.labels }),
    ...(filter.zones === undefined ? {} : { zones: filter.zones }),
    ...(fromUs === undefined ? {} : { fromUs }),
    ...(toUs === undefined ? {} : { toUs }),
    ...(filter.min_confidence === undefined ? {} : { minConfidence: filter.min_confidence }),
    ...(filter.reviewed === undefined ? {} : { reviewed: filter.reviewed }),
    userId,
  };
}

export const textOfCursor = ({ timestampUs, seq }: EventCursor): string =>
  `${String(timestampUs)}.${String(seq)}`;

export function cursorOf(text: string): EventCursor {
  const [timestampUs = 0, seq = 0] = text.split('.').map(Number);
  return { timestampUs, seq };
}

export const instantOf = (us: number): string => new Date(us / 1000).toISOString();
/** The millisecond of an instant ends a microsecond before the next. */
const usOf = (instant: string): number => Date.parse(instant) * 1000;
