import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../..');

export interface LabelledObject {
  readonly label: string;
  /** x_min, y_min, x_max, y_max in pixels of the picture. */
  readonly box: readonly [number, number, number, number];
}

export interface LabelledPicture {
  readonly name: string;
  readonly source: string;
  /** Number of the frame, counted from 0; null for a photo. */
  readonly frame: number | null;
  readonly width: number;
  readonly height: number;
  readonly objects: readonly LabelledObject[];
  readonly ignore?: readonly LabelledObject[];
}

export function labelledPictures(): LabelledPicture[] {
  const text = readFileSync(path.join(import.meta.dirname, 'labels.json'), 'utf8');
  return (JSON.parse(text) as { pictures: LabelledPicture[] }).pictures;
}

export function labelledPicture(name: string): LabelledPicture {
  const found = labelledPictures().find((one) => one.name === name);
  if (!found) throw new Error(`there is no labelled picture ${name}`);
  return found;
}

const decoded = new Map<string, Promise<Buffer>>();

/** A decoded picture: NV12, BT.601, limited range, rows without gaps. */
export function decodePicture(picture: LabelledPicture): Promise<Buffer> {
  const known = decoded.get(picture.name) ?? decode(picture);
  decoded.set(picture.name, known);
  return known;
}

async function decode(picture: LabelledPicture): Promise<Buffer> {
  const file =
    picture.frame === null
      ? path.join(import.meta.dirname, 'pictures', picture.source)
      : path.join(root, 'assets/footage', picture.source);
  const select = picture.frame === null ? [] : [`select=eq(n\\,${picture.frame})`];
  const { stdout } = await run(
    process.env['VAS_FFMPEG'] ?? 'ffmpeg',
    [
      ...['-v', 'error', '-nostdin', '-i', file],
      ...['-vf', [...select, 'scale=out_color_matrix=bt601:out_range=tv', 'format=nv12'].join(',')],
      ...['-frames:v', '1', '-f', 'rawvideo', 'pipe:1'],
    ],
    { encoding: 'buffer', maxBuffer: 1 << 26 },
  );
  return stdout;
}
