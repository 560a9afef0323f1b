import type { RtpTarget } from './ingress';
import { handoverAddress, rtpOutput } from './loopbackRtp';

/** Codecs (FFmpeg's names) that the hand-over to the transcoder carries: in MPEG-TS, Motion JPEG picture by picture. */
const CARRIED_CODECS: ReadonlySet<string> = new Set([
  ...['h264', 'hevc', 'mpeg4', 'mpeg2video', 'mpeg1video', 'mjpeg'],
]);

export function isCarried(codec: string): boolean {
  return CARRIED_CODECS.has(codec);
}

/** Wider pictures are scaled down, pixels. */
const MAX_WIDTH = 1280;
/** Threads of decoder and encoder together stay small, so that copies are never starved. */
const THREADS = '2';

/** How the hand-over of a codec is read. */
export function inputOf(codec: string): 'mjpeg' | 'mpegts' {
  return codec === 'mjpeg' ? 'mjpeg' : 'mpegts';
}

/** Pictures without a container carry no time: that of their arrival is close enough to be watched. */
function inputFormat(codec: string): string[] {
  return inputOf(codec) === 'mjpeg'
    ? ['-use_wallclock_as_timestamps', '1', '-probesize', '2000000', '-f', 'mjpeg']
    : ['-f', 'mpegts'];
}

/**
 * FFmpeg's arguments: the hand-over in on a loopback port, H.264 that any renderer plays out to the SFU.
 * @param codec of the camera, FFmpeg's name
 */
export function transcoderArguments(codec: string, port: number, target: RtpTarget): string[] {
  const input = handoverAddress(port, 'fifo_size=50000&buffer_size=4194304');
  return [
    '-hide_banner',
    '-nostdin',
    '-nostats',
    ...['-loglevel', 'warning'],
    ...['-fflags', 'nobuffer+discardcorrupt'],
    ...['-flags', 'low_delay'],
    ...['-analyzeduration', '1000000', '-fpsprobesize', '0'],
    ...['-threads', THREADS],
    // The time stamps are those of the ingest, to the tick, so that a box finds its picture.
    '-copyts',
    ...[...inputFormat(codec), '-i', input],
    ...['-map', '0:v:0', '-an', '-sn', '-dn'],
    ...['-vf', `scale=w='min(${MAX_WIDTH},iw)':h=-2:flags=fast_bilinear,format=yuv420p`],
    ...['-fps_mode', 'passthrough', '-enc_time_base', '1:90000'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-bf', '0'],
    ...['-threads', THREADS],
    // A second after the last one, wherever the time stamps begin.
    ...['-force_key_frames', 'expr:if(isnan(prev_forced_t),1,gte(t,prev_forced_t+1))'],
    ...['-b:v', '2500k', '-maxrate', '3000k', '-bufsize', '1500k'],
    ...rtpOutput(target),
  ];
}
