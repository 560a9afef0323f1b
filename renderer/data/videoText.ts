import type { StreamState } from '../../contract';
import { t } from '../strings';

export type StreamInfo = NonNullable<StreamState['info']>;
export type VideoInfo = StreamInfo['video'];
export type TranscodeReason = StreamState['transcode_reasons'][number];

const CODECS: Readonly<Record<string, string>> = {
  h264: 'H.264',
  hevc: 'H.265',
  h265: 'H.265',
  mpeg4: 'MPEG-4',
  mpeg2video: 'MPEG-2',
  mjpeg: 'Motion JPEG',
  av1: 'AV1',
  vp8: 'VP8',
  vp9: 'VP9',
  aac: 'AAC',
  pcm_alaw: 'G.711 A-law',
  pcm_mulaw: 'G.711 \u00b5-law',
  adpcm_g726: 'G.726',
  opus: 'Opus',
  mp3: 'MP3',
};

/** The name of a codec that people know; FFmpeg's own where there is no other. */
export const codecName = (codec: string): string => CODECS[codec] ?? codec.toUpperCase();

export const sizeText = (video: VideoInfo): string => `${String(video.width)} \u00d7 ${String(video.height)}`;

/** Frames per second without needless digits; null when it is not known. */
export function fpsText(fps: number | null): string | null {
  if (fps === null) return null;
  return t('video.fps', { fps: Number(fps.toFixed(1)) });
}

/** `H.264, 1920 x 1080, 25 fps` */
export function videoSummary(video: VideoInfo): string {
  const parts = [codecName(video.codec), sizeText(video), fpsText(video.fps)];
  return parts.filter((part) => part !== null).join(', ');
}

export function audioSummary(audio: StreamInfo['audio']): string {
  if (audio === null) return t('video.noAudio');
  const channels = audio.channels === 1 ? t('video.mono') : t('video.channels', { channels: audio.channels });
  return t('video.audio', {
    codec: codecName(audio.codec),
    rate: Number((audio.sampleRate / 1000).toFixed(1)),
    channels,
  });
}

/** What a stream has that live view cannot play, in a word or two: `H.265`, `B-frames`. */
function reasonName(reason: TranscodeReason, video: VideoInfo | null): string {
  switch (reason) {
    case 'codec':
      return video === null ? t('convert.codec') : codecName(video.codec);
    case 'b_frames':
      return t('convert.bFrames');
    case 'chroma':
      return video?.pixelFormat == null
        ? t('convert.chroma')
        : t('convert.chromaOf', { format: video.pixelFormat });
  }
}

export function reasonNames(reasons: readonly TranscodeReason[], video: VideoInfo | null): string {
  return reasons.map((reason) => reasonName(reason, video)).join(', ');
}

/** Why it is converted and what can be changed in the camera. */
export function reasonExplanation(reason: TranscodeReason, video: VideoInfo | null): string {
  switch (reason) {
    case 'codec':
      return t('convert.codecText', { codec: reasonName(reason, video) });
    case 'b_frames':
      return t('convert.bFramesText');
    case 'chroma':
      return t('convert.chromaText');
  }
}
