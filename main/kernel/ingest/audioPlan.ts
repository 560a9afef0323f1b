import type { AudioInfo } from '../streams';

/** What happens to a camera's sound in the recording. */
export type AudioPlan =
  | { readonly mode: 'copy' }
  /** Re-encoded as AAC, because MP4 does not hold it or players do not play it there. */
  | { readonly mode: 'aac' }
  | { readonly mode: 'none'; readonly reason: string };

/** What MP4 holds and players play. */
const COPIED = new Set(['aac', 'mp3', 'opus', 'ac3', 'eac3', 'flac', 'alac']);
/** What FFmpeg decodes of the rest that cameras send. */
const DECODED = /^(?:pcm_\w+|adpcm_\w+|g723_1|g729|amr_nb|amr_wb|gsm|speex|aac_latm|mp2|vorbis)$/;

export function planAudio(audio: AudioInfo | null): AudioPlan {
  if (!audio) return { mode: 'none', reason: 'The camera sends no sound.' };
  if (COPIED.has(audio.codec)) return { mode: 'copy' };
  if (DECODED.test(audio.codec)) return { mode: 'aac' };
  return { mode: 'none', reason: `Sound of the kind ${audio.codec} cannot be recorded.` };
}
