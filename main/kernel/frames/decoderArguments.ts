import type { DecodeChoice } from './acceleration';

/**
 * The first picture tells what the stream is: it is a key frame with its parameter sets. More would be held back
 * until it was looked at; and with `nobuffer` FFmpeg would throw away what it looked at.
 */
const FIRST_PICTURE_ONLY = ['-probesize', '32', '-analyzeduration', '1', '-fpsprobesize', '0'];

/**
 * The arguments of a decode FFmpeg: coded pictures in NUT from the tap on standard input, raw NV12 in NUT on standard output, with
 * the time stamps of the stream. What it says on standard error is read before each picture, see decoder_log.h.
 * @param rate frames per second; null: every frame
 */
export function decoderArguments(decoding: DecodeChoice, rate: number | null): string[] {
  if (rate !== null && !(Number.isFinite(rate) && rate > 0 && rate <= 1000))
    throw new RangeError(`not a frame rate: ${rate}`);
  return [
    ...['-nostdin', '-hide_banner', '-nostats', '-loglevel', 'repeat+level+verbose'],
    ...['-fflags', 'discardcorrupt', '-flags', 'low_delay', ...FIRST_PICTURE_ONLY],
    ...['-threads', '1'],
    // Time stamps are the ingest's media time, whenever the decoder joins.
    '-copyts',
    ...decoding.args,
    ...['-f', 'nut', '-i', 'pipe:0'],
    ...['-map', '0:v:0', '-an', '-sn', '-dn'],
    ...['-filter_threads', '1', '-vf', filters(rate)],
    ...['-fps_mode', 'passthrough', '-enc_time_base', '-1', '-avoid_negative_ts', 'disabled'],
    // Raw pictures are "encoded" in threads of their own by default, each of which holds one back.
    ...['-c:v', 'rawvideo', '-threads', '1'],
    // Without an index: FFmpeg would keep a place for each picture for ever.
    ...['-f', 'nut', '-write_index', '0', '-flush_packets', '1', 'pipe:1'],
  ];
}

/**
 * The first picture in each interval of 1 / rate. FFmpeg's `fps` filter would move time stamps to its own grid, and
 * boxes could not be laid over the picture that they were found in; this one leaves them as they are.
 */
function filters(rate: number | null): string {
  // Time stamps of RTP are rounded to 1/90000 s; so much before an interval's start belongs to it.
  const interval = (time: string): string => `floor((${time}+0.0001)*${String(rate)})`;
  const pick = `isnan(prev_selected_t)+gt(${interval('t')},${interval('prev_selected_t')})`;
  return [...(rate === null ? [] : [`select='${pick}'`]), 'format=nv12'].join(',');
}
