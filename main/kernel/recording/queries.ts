import type { RequestOf, ResponseOf } from '../../../contract';
import { VasError } from '../../base/errors';
import type { SegmentRow, StoreReads } from '../../store/types';
import { isoFromUs, usFromIso } from '../media/instants';

type Segment = ResponseOf<'recordings.segments'>['segments'][number];

/** Answers of the contract's recordings channels (reference 7.5). */
export interface RecordingQueries {
  /** Newest first; days of the workstation's time zone. */
  dates(request: RequestOf<'recordings.dates'>): Promise<ResponseOf<'recordings.dates'>>;
  /** Segments overlapping [start, end), by start. @throws VasError invalid when the end is not after the start */
  segments(request: RequestOf<'recordings.segments'>): Promise<ResponseOf<'recordings.segments'>>;
}

export function createRecordingQueries(read: StoreReads): RecordingQueries {
  return {
    async dates({ device_id }) {
      const days = await read.recordedDays(device_id);
      return {
        device_id,
        dates: days
          .map(({ day, segments, bytes }) => ({ date: day, segments_count: segments, bytes }))
          .sort((a, b) => (a.date < b.date ? 1 : -1)),
      };
    },
    async segments({ device_id, start, end, limit }) {
      const fromUs = usFromIso(start);
      const toUs = usFromIso(end);
      if (toUs <= fromUs) throw new VasError('invalid', 'The end must be after the start.');
      const rows = await read.findSegments(device_id, fromUs, toUs, limit);
      return { segments: rows.map(segmentOf) };
    },
  };
}

function segmentOf(row: SegmentRow): Segment {
  return {
    id: row.id,
    device_id: row.cameraId,
    start: isoFromUs(row.startUs),
    end: isoFromUs(row.endUs),
    video_codec: row.videoCodec,
    audio_codec: row.audioCodec,
    width: row.width,
    height: row.height,
    file_size: row.bytes,
  };
}
