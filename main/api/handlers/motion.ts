import { motionMaskOf } from '../../../contract/motionGrid';
import { VasError } from '../../base/errors';
import type { HandlerContext, HandlersFor } from './context';

/** Fewer, longer buckets answer the same question. */
const MOST_BUCKETS = 20_000;

export function motionHandlers({ kernel, store }: HandlerContext): HandlersFor<'motion'> {
  return {
    async 'motion.list'({ camera_id, from, to, bucket_s }) {
      const range = rangeOf(from, to);
      if ((range.toUs - range.fromUs) / (bucket_s * 1e6) > MOST_BUCKETS)
        throw new VasError(
          'bad_request',
          `More than ${String(MOST_BUCKETS)} buckets: choose longer ones, or a shorter time.`,
        );
      await kernel.motion?.flush();
      const rows = await store.read.listMotion({ cameraId: camera_id, ...range, bucketSeconds: bucket_s });
      return {
        buckets: rows.map(({ startUs, knownSeconds, movingSeconds, peak }) => ({
          ...{ start: instant(startUs), known_s: knownSeconds, moving_s: movingSeconds, peak },
        })),
      };
    },
    async 'motion.search'({ camera_id, from, to, region, min_cells, gap_s, limit }) {
      await kernel.motion?.flush();
      const { found, nextFromUs, knownSeconds } = await store.read.searchMotion({
        ...{ cameraId: camera_id, ...rangeOf(from, to), region: motionMaskOf(region) },
        ...{ minCells: min_cells, gapSeconds: gap_s, limit },
      });
      return {
        intervals: found.map(({ startUs, endUs, peak }) => ({
          ...{ start: instant(startUs), end: instant(endUs), peak },
        })),
        next_from: nextFromUs === null ? null : instant(nextFromUs),
        known_s: knownSeconds,
      };
    },
    'motion.start-search': ({ camera_id, from, to, region, min_cells, gap_s }, owner) => ({
      id: kernel.motionSearches.start(owner, {
        ...{ cameraId: camera_id, ...rangeOf(from, to), region: motionMaskOf(region) },
        ...{ minCells: min_cells, gapSeconds: gap_s },
      }),
    }),
    'motion.cancel-search': ({ id }, owner) => {
      kernel.motionSearches.cancel(owner, id);
      return {};
    },
  };
}

function rangeOf(from: string, to: string): { fromUs: number; toUs: number } {
  const fromUs = Date.parse(from) * 1000;
  const toUs = Date.parse(to) * 1000;
  if (toUs <= fromUs) throw new VasError('bad_request', 'The end must be after the beginning.');
  return { fromUs, toUs };
}

const instant = (us: number): string => new Date(us / 1000).toISOString();
