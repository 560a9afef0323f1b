import { run } from './run';

/** FFmpeg's arguments for a recording as the ingest writes it: fragmented segments, a list on `list`. */
export function segmentArguments(options: {
  pattern: string;
  segmentSeconds: number;
  /** Where FFmpeg reports closed segments, e.g. `pipe:3`. */
  list: string;
  atClockTime?: boolean;
}): string[] {
  return [
    ...['-f', 'segment', '-segment_format', 'mp4', '-segment_format_options'],
    'movflags=frag_keyframe+empty_moov+default_base_moof+frag_discont:avoid_negative_ts=make_non_negative:' +
      'use_editlist=0:frag_duration=500000:flush_packets=1',
    ...['-segment_time', String(options.segmentSeconds), '-reset_timestamps', '1'],
    ...(options.atClockTime ? ['-segment_atclocktime', '1'] : []),
    ...['-segment_list', options.list, '-segment_list_type', 'csv', options.pattern],
  ];
}

export interface ListedSegment {
  readonly file: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

export function parseListLine(line: string): ListedSegment {
  const [file = '', start = '', end = ''] = line.split(',');
  return { file, startSeconds: Number(start), endSeconds: Number(end) };
}

/** Copies a video into segments as fast as it goes. */
export async function cutIntoSegments(
  video: string,
  pattern: string,
  segmentSeconds: number,
): Promise<ListedSegment[]> {
  const list = await run('ffmpeg', [
    ...['-v', 'error', '-i', video, '-map', '0', '-c', 'copy'],
    ...segmentArguments({ pattern, segmentSeconds, list: 'pipe:1' }),
  ]);
  return list.toString().trim().split('\n').map(parseListLine);
}
