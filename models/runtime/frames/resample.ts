import type { Placement, PixelTarget, Region } from './frame';

/** A whole picture as R, G, B bytes without gaps. */
export interface RgbPicture {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Where a picture of this size lies in the target: centred when letterboxed, everywhere when stretched. */
export function place(
  size: { readonly width: number; readonly height: number },
  target: Pick<PixelTarget, 'width' | 'height' | 'fit'>,
): Placement {
  if (target.fit === 'stretch') return { x: 0, y: 0, width: target.width, height: target.height };
  const scale = Math.min(target.width / size.width, target.height / size.height);
  const width = Math.max(1, Math.round(size.width * scale));
  const height = Math.max(1, Math.round(size.height * scale));
  return {
    x: Math.floor((target.width - width) / 2),
    y: Math.floor((target.height - height) / 2),
    width,
    height,
  };
}

/**
 * Cuts a region out of a picture and scales it (bilinear) into the target. What lies outside the picture gets
 * the padding, also where the region reaches over its edge.
 */
export function resample(picture: RgbPicture, target: PixelTarget): Placement {
  const region: Region = target.region ?? { x: 0, y: 0, width: picture.width, height: picture.height };
  const at = place(region, target);
  const { data, padding } = target;
  for (let index = 0; index < target.width * target.height; index++) data.set(padding, index * 3);
  const columns = Array.from({ length: at.width }, (_, column) =>
    tap(region.x + ((column + 0.5) * region.width) / at.width - 0.5, picture.width),
  );
  for (let row = 0; row < at.height; row++) {
    const y = tap(region.y + ((row + 0.5) * region.height) / at.height - 0.5, picture.height);
    if (!y) continue;
    const [top, bottom] = [y.low * picture.width, y.high * picture.width];
    for (let column = 0; column < at.width; column++) {
      const x = columns[column];
      if (!x) continue;
      const out = ((row + at.y) * target.width + column + at.x) * 3;
      for (let channel = 0; channel < 3; channel++) {
        const sample = (pixel: number) => picture.data[pixel * 3 + channel] ?? 0;
        const upper = mix(sample(top + x.low), sample(top + x.high), x.share);
        const lower = mix(sample(bottom + x.low), sample(bottom + x.high), x.share);
        data[out + channel] = Math.round(mix(upper, lower, y.share));
      }
    }
  }
  return at;
}

const mix = (a: number, b: number, share: number): number => a + (b - a) * share;

/** The two samples between which a position lies; null outside the picture. */
function tap(position: number, size: number): { low: number; high: number; share: number } | null {
  if (position < -0.5 || position > size - 0.5) return null;
  const clamped = Math.min(Math.max(position, 0), size - 1);
  const low = Math.floor(clamped);
  return { low, high: Math.min(low + 1, size - 1), share: clamped - low };
}
