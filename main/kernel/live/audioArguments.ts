import type { AudioInfo } from '../streams';
import type { SoundName } from './codec';
import type { RtpTarget } from './ingress';
import { handoverAddress, rtpOutput } from './loopbackRtp';

/** Sounds (FFmpeg's names) that MPEG-TS carries, and so the hand-over to the transcoder. */
const CARRIED: ReadonlySet<string> = new Set(['aac', 'mp2', 'mp3', 'ac3', 'eac3']);

/** How a camera's sound gets to the listeners. */
export type SoundWay =
  | { readonly way: 'copy'; readonly sound: SoundName }
  | { readonly way: 'convert' }
  | { readonly way: 'none'; readonly reason: string };

/** WebRTC plays A-law, mu-law and Opus as they are; what MPEG-TS carries is converted while somebody listens. */
export function soundWayOf(audio: AudioInfo | null): SoundWay {
  if (audio === null) return { way: 'none', reason: 'This camera sends no sound.' };
  const { codec, sampleRate, channels } = audio;
  const telephone = sampleRate === 8000 && channels === 1;
  if (codec === 'pcm_alaw' && telephone) return { way: 'copy', sound: 'pcma' };
  if (codec === 'pcm_mulaw' && telephone) return { way: 'copy', sound: 'pcmu' };
  if (codec === 'opus') return { way: 'copy', sound: 'opus' };
  if (CARRIED.has(codec)) return { way: 'convert' };
  return { way: 'none', reason: `Sound of the kind ${codec} cannot be listened to live.` };
}

/** FFmpeg's arguments: MPEG-TS with sound in on a loopback port, Opus out to the SFU. */
export function audioTranscoderArguments(port: number, target: RtpTarget): string[] {
  return [
    '-hide_banner',
    '-nostdin',
    '-nostats',
    ...['-loglevel', 'warning'],
    ...['-fflags', 'nobuffer+discardcorrupt'],
    // A few packets tell everything about a sound.
    ...['-analyzeduration', '300000', '-probesize', '16384'],
    ...['-f', 'mpegts', '-i', handoverAddress(port, 'fifo_size=2000')],
    ...['-map', '0:a:0', '-vn', '-sn', '-dn'],
    // Lost packets become silence, so that what is heard stays in the present.
    ...['-af', 'aresample=48000:async=1000', '-ac', '2'],
    ...['-c:a', 'libopus', '-application', 'lowdelay', '-frame_duration', '20', '-b:a', '64k'],
    ...['-threads', '1'],
    ...rtpOutput(target),
  ];
}
