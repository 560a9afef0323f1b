import type { StreamInfo } from '../streams';

/** What FFmpeg says at its start about the streams it found. */
export interface InputReport {
  /** Number of the stream that is the video. */
  readonly videoStream: number | null;
  readonly video: {
    readonly codec: string;
    readonly profile: string | null;
    readonly pixelFormat: string | null;
    readonly width: number;
    readonly height: number;
  } | null;
  readonly audio: { readonly codec: string; readonly sampleRate: number; readonly channels: number } | null;
}

const LAYOUTS: Readonly<Record<string, number>> = {
  mono: 1,
  stereo: 2,
  '2.1': 3,
  '4.0': 4,
  '5.1': 6,
  '7.1': 8,
};

/** Splits at commas that are not inside brackets: `yuv420p(tv, bt709), 640x360 [SAR 1:1 DAR 16:9]`. */
function splitTop(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let current = '';
  for (const character of text) {
    if (character === '(' || character === '[') depth++;
    if (character === ')' || character === ']') depth--;
    if (character === ',' && depth === 0) {
      parts.push(current.trim());
      current = '';
    } else current += character;
  }
  parts.push(current.trim());
  return parts;
}

function parseVideo(text: string): InputReport['video'] {
  const parts = splitTop(text);
  // The codec tag, e.g. `(avc1 / 0x31637661)`, is no profile.
  const head = /^(\w+)((?: \([^)]*\))*)/.exec(parts[0] ?? '');
  if (!head?.[1]) return null;
  const profile = [...(head[2] ?? '').matchAll(/\(([^)]*)\)/g)].map((match) => match[1] ?? '');
  const pixelFormat = /^[a-z]\w*/.exec(parts[1] ?? '')?.[0] ?? null;
  const size = parts.map((part) => /^(\d+)x(\d+)(?: |$)/.exec(part)).find((match) => match !== null);
  return {
    codec: head[1],
    profile: profile.find((name) => !name.includes(' / ')) ?? null,
    pixelFormat: pixelFormat === 'none' || size?.[0].startsWith(pixelFormat ?? '?') ? null : pixelFormat,
    width: Number(size?.[1] ?? 0),
    height: Number(size?.[2] ?? 0),
  };
}

function parseAudio(text: string): InputReport['audio'] {
  const parts = splitTop(text);
  const codec = /^\w+/.exec(parts[0] ?? '')?.[0];
  if (!codec) return null;
  const rate = parts.map((part) => /^(\d+) Hz$/.exec(part)).find((match) => match !== null);
  const layout = parts[2] ?? '';
  const counted = /^(\d+) channels/.exec(layout);
  const known = LAYOUTS[layout.replace(/\(.*/, '')];
  return {
    codec,
    sampleRate: Number(rate?.[1] ?? 0),
    channels: counted ? Number(counted[1]) : (known ?? 0),
  };
}

/**
 * Reads FFmpeg's report of its input from standard error, line by line.
 * @returns for each line the finished report when the line ends it, else null
 */
export function createInputReportParser(): (line: string) => InputReport | null {
  let inside = false;
  let done = false;
  let videoStream: number | null = null;
  let video: InputReport['video'] = null;
  let audio: InputReport['audio'] = null;
  return (raw) => {
    if (done) return null;
    const line = raw.replace(/^(?:\[[^\]]*\] ?)+/, '');
    if (/^Input #0/.test(line)) inside = true;
    else if (inside && /^(?:Output #|Stream mapping:)/.test(line)) {
      done = true;
      return { videoStream, video, audio };
    } else if (inside) {
      const match = /^\s*Stream #0:(\d+)(?:\[[^\]]*\])?(?:\([^)]*\))?: (Video|Audio): (.*)$/.exec(line);
      if (match?.[2] === 'Video' && video === null) {
        videoStream = Number(match[1]);
        video = parseVideo(match[3] ?? '');
      }
      if (match?.[2] === 'Audio') audio ??= parseAudio(match[3] ?? '');
    }
    return null;
  };
}

/**
 * What differs between a report and what is stored about the stream; empty when it is the same stream.
 * What either side does not know is no difference. Sound counts only where it was asked for.
 */
export function changesIn(report: InputReport, info: StreamInfo, withAudio: boolean): string[] {
  const changes: string[] = [];
  const compare = (name: string, now: string | number | null, before: string | number | null): void => {
    if (now !== null && before !== null && now !== 0 && now !== before)
      changes.push(`${name} ${before} -> ${now}`);
  };
  if (report.video) {
    compare('codec', report.video.codec, info.video.codec);
    compare('profile', report.video.profile, info.video.profile);
    compare('pixel format', report.video.pixelFormat, info.video.pixelFormat);
    compare('width', report.video.width, info.video.width);
    compare('height', report.video.height, info.video.height);
  }
  if (withAudio) {
    compare('audio', report.audio?.codec ?? 'none', info.audio?.codec ?? 'none');
    if (report.audio && info.audio) {
      compare('sample rate', report.audio.sampleRate, info.audio.sampleRate);
      compare('channels', report.audio.channels, info.audio.channels);
    }
  }
  return changes;
}
