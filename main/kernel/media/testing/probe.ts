import { run } from './run';

export interface ProbedStream {
  readonly codec_type: string;
  readonly codec_name: string;
  readonly codec_tag_string: string;
  readonly width?: number;
  readonly height?: number;
  readonly nb_read_packets?: string;
  readonly nb_read_frames?: string;
  readonly duration?: string;
  readonly start_time?: string;
}

export interface Probed {
  readonly streams: readonly ProbedStream[];
  readonly format: { readonly duration?: string; readonly format_name: string };
}

/** What ffprobe finds. @throws Error when it cannot read the file, or complains about it */
export async function probe(file: string, count: 'packets' | 'frames' = 'packets'): Promise<Probed> {
  const json = await run('ffprobe', [
    ...['-v', 'error', '-show_streams', '-show_format', `-count_${count}`, '-of', 'json', file],
  ]);
  return JSON.parse(json.toString()) as Probed;
}

export function videoOf(probed: Probed): ProbedStream {
  const stream = probed.streams.find((candidate) => candidate.codec_type === 'video');
  if (!stream) throw new Error('no video');
  return stream;
}

export interface ProbedPacket {
  readonly pts: number;
  readonly dts: number;
  readonly flags: string;
}

export async function packetsOf(file: string): Promise<ProbedPacket[]> {
  const json = await run('ffprobe', [
    ...[
      '-v',
      'error',
      '-select_streams',
      'v:0',
      '-show_entries',
      'packet=pts,dts,flags',
      '-of',
      'json',
      file,
    ],
  ]);
  return (JSON.parse(json.toString()) as { packets: ProbedPacket[] }).packets;
}
