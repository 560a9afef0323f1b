import { stat, statfs } from 'node:fs/promises';
import type { RequestOf, ResponseOf } from '../../contract';
import { MOST_EVIDENCE_DAYS } from '../../contract/evidence';
import { VasError } from '../base/errors';
import type { FootageSource } from '../kernel/media/footage';
import type { Store } from '../store/types';
import type { CameraPlan, Span } from './plan';
import { planCamera } from './plan';

const DAY_US = 86_400_000_000;
/** What is kept free beyond the package, bytes. */
const RESERVE = 64 * 1024 * 1024;
/** An encoded rendition may be larger than what the camera sent. */
const ENCODED_FACTOR = 1.5;
/** Bytes a second that a middling disk reads and writes beside the recording; a guess to begin with. */
const COPY_RATE = 40e6;
/** Encoding anew takes about as long as the footage lasts. */
const ENCODE_RATE = 1;

export interface Planned {
  readonly id: string;
  readonly name: string;
  readonly plan: CameraPlan;
  readonly bytes: number;
  readonly seconds: number;
}

export interface Kind {
  readonly rendition: 'original' | 'burnt-in';
  readonly encrypted: boolean;
}

/** @throws VasError invalid */
export function rangeOf({ start, end }: { readonly start: string; readonly end: string }): Span {
  const range = { fromUs: Date.parse(start) * 1000, toUs: Date.parse(end) * 1000 };
  if (range.toUs <= range.fromUs) throw new VasError('invalid', 'The range must end after it begins.');
  if (range.toUs - range.fromUs > MOST_EVIDENCE_DAYS * DAY_US)
    throw new VasError('invalid', `Choose at most ${String(MOST_EVIDENCE_DAYS)} days.`);
  return range;
}

/** What of each camera goes into a package. @throws VasError not_found */
export async function planCameras(
  { footage, store }: { readonly footage: FootageSource; readonly store: Pick<Store, 'read'> },
  cameraIds: readonly string[],
  range: Span,
): Promise<Planned[]> {
  const planned: Planned[] = [];
  for (const id of new Set(cameraIds)) {
    const device = await store.read.getDevice(id);
    if (device === null)
      throw new VasError('not_found', 'There is no such camera. It may have been deleted.');
    const plan = await planCamera(footage, id, range);
    const seconds = plan.slices.reduce((sum, { fromUs, toUs }) => sum + (toUs - fromUs) / 1e6, 0);
    planned.push({ id, name: device.name, plan, seconds, bytes: await bytesOf(plan, range) });
  }
  return planned;
}

/** What a package of this much footage takes up while it is made, bytes. */
function takenBytes(footage: number, { rendition, encrypted }: Kind): number {
  return footage * (rendition === 'original' ? 1 : ENCODED_FACTOR) * (encrypted ? 2 : 1);
}

/** What has to be free to make it, bytes. */
export const neededBytes = (footage: number, kind: Kind): number => takenBytes(footage, kind) + RESERVE;

export function estimateOf(
  planned: readonly Planned[],
  request: RequestOf<'evidence.estimate'>,
): ResponseOf<'evidence.estimate'> {
  const bytes = planned.reduce((sum, one) => sum + one.bytes, 0);
  const seconds = planned.reduce((sum, one) => sum + one.seconds, 0);
  const copies = bytes / COPY_RATE;
  return {
    ...{ bytes, seconds, needed_bytes: Math.round(takenBytes(bytes, request)) },
    make_seconds:
      copies * (request.encrypted ? 2 : 1) + (request.rendition === 'original' ? 0 : seconds / ENCODE_RATE),
    cameras: planned.map(({ id, name, plan, ...of }) => ({
      ...{ id, name, bytes: of.bytes, seconds: of.seconds, gaps: plan.gaps.length },
    })),
  };
}

/** @throws VasError conflict when the disk is too small, unavailable when it is not there */
export async function refuseTooLarge(folder: string, needed: number): Promise<void> {
  const free = await freeOf(folder);
  if (free >= needed) return;
  throw new VasError(
    'conflict',
    `The package needs about ${megabytes(needed)} MB, and ${folder} has ${megabytes(free)} MB free. Choose another folder or a shorter range.`,
    { details: { code: 'too_small', needed_bytes: needed, free_bytes: free } },
  );
}

/** @throws VasError unavailable when the folder is not there */
export async function freeOf(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    throw new VasError('unavailable', `${folder} cannot be reached. Connect its disk, then try again.`);
  }
}

/** Of the files, by the share of each that lies within the range. */
async function bytesOf({ pieces }: CameraPlan, { fromUs, toUs }: Span): Promise<number> {
  const sizes = await Promise.all(
    pieces.map(async ({ file, startUs, endUs }) => {
      const size = await stat(file).then(
        (found) => found.size,
        () => 0,
      );
      const share = (Math.min(toUs, endUs) - Math.max(fromUs, startUs)) / Math.max(1, endUs - startUs);
      return size * Math.max(0, Math.min(1, share));
    }),
  );
  return Math.round(sizes.reduce((sum, size) => sum + size, 0));
}

const megabytes = (bytes: number): string => Math.ceil(bytes / 1e6).toLocaleString('en-US');
