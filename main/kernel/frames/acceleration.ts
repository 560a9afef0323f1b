import { spawnChild } from '../process/child';
import type { Logger } from '../../base/logger';

/** What a machine offers for decoding in hardware. */
export interface DecodeOffer {
  readonly platform: NodeJS.Platform;
  /** Names that `ffmpeg -hwaccels` lists. */
  readonly methods: readonly string[];
  /** Device files that exist and may be opened, e.g. /dev/dri/renderD128, /dev/nvidia0. */
  readonly devices: readonly string[];
}

export interface DecodeChoice {
  /** FFmpeg's name of the method; null decodes on the processor. */
  readonly method: string | null;
  /** Options that stand before the input. */
  readonly args: readonly string[];
  /** One line for health and the log. */
  readonly reason: string;
}

/** What every one of the methods decodes; others are tried by nobody. */
const ACCELERATED = new Set(['h264', 'hevc']);

const software = (reason: string): DecodeChoice => ({ method: null, args: [], reason });

/**
 * How a stream is decoded. Hardware is used where FFmpeg offers it and its device is there; after it has failed
 * once for a stream, the processor decodes.
 * @param failed hardware was tried for this stream and did not work
 */
export function chooseDecoding(codec: string, offer: DecodeOffer, failed: boolean): DecodeChoice {
  if (failed) return software('Hardware decoding failed for this stream.');
  if (!ACCELERATED.has(codec)) return software(`No hardware decoder is used for ${codec}.`);
  const offers = (method: string): boolean => offer.methods.includes(method);
  if (offer.platform === 'darwin' && offers('videotoolbox'))
    return { method: 'videotoolbox', args: ['-hwaccel', 'videotoolbox'], reason: 'VideoToolbox' };
  if (offer.platform === 'win32' && offers('d3d11va'))
    return { method: 'd3d11va', args: ['-hwaccel', 'd3d11va'], reason: 'Direct3D 11' };
  if (offers('cuda') && offer.devices.some((device) => /^\/dev\/nvidia\d+$/.test(device)))
    return { method: 'cuda', args: ['-hwaccel', 'cuda'], reason: 'NVIDIA' };
  const render = [...offer.devices].sort().find((device) => /^\/dev\/dri\/renderD\d+$/.test(device));
  if (offers('vaapi') && render !== undefined)
    return {
      method: 'vaapi',
      args: ['-hwaccel', 'vaapi', '-hwaccel_device', render],
      reason: `VA-API on ${render}`,
    };
  return software('FFmpeg offers no hardware decoder for which this computer has a device.');
}

/** The names in the output of `ffmpeg -hwaccels`. */
export function parseMethods(output: string): string[] {
  const lines = output.split('\n').map((line) => line.trim());
  const from = lines.indexOf('Hardware acceleration methods:');
  return from < 0 ? [] : lines.slice(from + 1).filter((line) => /^[a-z0-9_]+$/.test(line));
}

/** Asks FFmpeg what it was built with; nothing when it cannot be asked. */
export async function listMethods(ffmpegPath: string, log: Logger): Promise<string[]> {
  const child = spawnChild({
    file: ffmpegPath,
    args: ['-hide_banner', '-hwaccels'],
    label: 'version',
    log,
    stdout: 'pipe',
  });
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  await child.exited;
  return parseMethods(text);
}
