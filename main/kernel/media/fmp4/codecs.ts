import type { Box } from './boxes';
import { BoxReader, childBoxes } from './boxes';

/** FFmpeg's names of the sample entries it writes. */
const BY_ENTRY: Readonly<Record<string, string>> = {
  avc1: 'h264',
  avc3: 'h264',
  hvc1: 'hevc',
  hev1: 'hevc',
  av01: 'av1',
  vp08: 'vp8',
  vp09: 'vp9',
  jpeg: 'mjpeg',
  Opus: 'opus',
  fLaC: 'flac',
  alac: 'alac',
  'ac-3': 'ac3',
  'ec-3': 'eac3',
  ulaw: 'pcm_mulaw',
  alaw: 'pcm_alaw',
  sowt: 'pcm_s16le',
  twos: 'pcm_s16be',
};

/** MPEG-4 object types of `mp4v` and `mp4a` entries (ISO/IEC 14496-1, register of mp4ra.org). */
const BY_OBJECT_TYPE: Readonly<Record<number, string>> = {
  0x20: 'mpeg4',
  0x21: 'h264',
  0x23: 'hevc',
  0x40: 'aac',
  0x60: 'mpeg2video',
  0x61: 'mpeg2video',
  0x66: 'aac',
  0x67: 'aac',
  0x68: 'aac',
  0x69: 'mp3',
  0x6a: 'mpeg1video',
  0x6b: 'mp3',
  0x6c: 'mjpeg',
};

/** Bytes of a sample entry before its child boxes. */
const VISUAL_ENTRY = 78;
const AUDIO_ENTRY = 28;

/** FFmpeg's codec name of a sample entry; the entry's own four letters where it is not known. */
export function codecOf(buffer: Buffer, entry: Box, kind: 'video' | 'audio' | 'other'): string {
  const known = BY_ENTRY[entry.type];
  if (known !== undefined) return known;
  if (entry.type !== 'mp4v' && entry.type !== 'mp4a') return entry.type.trim();
  const children = entry.body + (kind === 'video' ? VISUAL_ENTRY : AUDIO_ENTRY);
  if (children > entry.end) return entry.type;
  const esds = childBoxes(buffer, children, entry.end).find((box) => box.type === 'esds');
  const objectType = esds ? objectTypeOf(new BoxReader(buffer, esds)) : null;
  return (objectType === null ? undefined : BY_OBJECT_TYPE[objectType]) ?? entry.type;
}

/** The object type of an elementary stream descriptor; null when it has none. */
function objectTypeOf(reader: BoxReader): number | null {
  reader.skip(4);
  if (readDescriptorTag(reader) !== 0x03) return null;
  reader.skip(2);
  const flags = reader.u8();
  if (flags & 0x80) reader.skip(2);
  if (flags & 0x40) reader.skip(reader.u8());
  if (flags & 0x20) reader.skip(2);
  return readDescriptorTag(reader) === 0x04 ? reader.u8() : null;
}

/** The tag of a descriptor, with its length (at most four bytes) skipped. */
function readDescriptorTag(reader: BoxReader): number {
  const tag = reader.u8();
  for (let count = 0; count < 4; count++) if ((reader.u8() & 0x80) === 0) break;
  return tag;
}
