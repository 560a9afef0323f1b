import { openFrameRing } from '../../../native';
import type { FrameErrorCode, FrameSource } from './frame';
import { FrameError } from './frame';
import { resolveReference } from './reference';

/** What each code means to whoever reads the answer. */
const MEANING: Readonly<Record<FrameErrorCode, string>> = {
  BAD_REFERENCE: 'not accepted',
  NO_RING: 'the camera exports no frames',
  BAD_RING: 'not a frame ring of this version',
  NO_FRAME: 'no such frame was published',
  STALE: 'stale frame',
  OVERWRITTEN: 'frame overwritten',
  ENDED: 'the camera stopped exporting frames',
  NO_SPACE: 'no room in shared memory',
  REFUSED: 'refused',
};

/** The rings in the export's folder. A ring is mapped for one request only and read-only (INV-28, INV-58). */
export function ringSource(exportDir: string): FrameSource {
  return {
    open({ reference, frameId, maxAgeMs }) {
      const file = resolveReference(exportDir, reference);
      const ring = inOurTerms(() => openFrameRing(file));
      try {
        const info = inOurTerms(() =>
          frameId === null ? ring.latest({ maxAgeMs }) : ring.byId(frameId, { maxAgeMs }),
        );
        return {
          frameId: info.frameId,
          width: info.width,
          height: info.height,
          fill: (target) =>
            inOurTerms(() => ring.preprocess(info.frameId, target), {
              OVERWRITTEN: 'frame overwritten while it was read',
            }),
          close: () => ring.close(),
        };
      } catch (error) {
        ring.close();
        throw error;
      }
    },
  };
}

function inOurTerms<T>(work: () => T, other: Readonly<Partial<Record<FrameErrorCode, string>>> = {}): T {
  try {
    return work();
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (typeof code !== 'string' || !Object.hasOwn(MEANING, code)) throw error;
    const known = code as FrameErrorCode;
    throw new FrameError(known, other[known] ?? MEANING[known], { cause: error });
  }
}
