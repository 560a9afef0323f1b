import { measured, ratio } from '../lib/nativePrograms';
import { rounded } from '../lib/result';
import type { Run } from '../measure';

interface Hunt {
  readonly frames: number;
  readonly torn: number;
  readonly retries: number;
  readonly least_verified: number;
  readonly crashed: number;
}

const BATCHES = 21;
const READERS = 3;
/** Frames, width, height, pause per frame in ns: small frames come fast, large ones at a rate that can be checked. */
const SHAPES = [
  [1_000_000, 64, 48, 40_000],
  [20_000, 1920, 1080, 1_500_000],
] as const;

/** The ring by itself: what publishing costs, and whether readers ever see half a frame. */
export async function ring(run: Run): Promise<void> {
  const publish = await measured<{ publish_ns: number[]; memcpy_ns: number[] }>(
    'ring_bench.cpp',
    'publish',
    BATCHES,
  );
  run.result({
    id: 'ring.publish_ratio',
    value: ratio(publish.publish_ns, publish.memcpy_ns),
    unit: 'x',
    samples: publish,
    method:
      `Wall time of publishing a 1080p NV12 frame (3,110,400 bytes copied into its slot) in a ring of 8 against memcpy of the ` +
      `same bytes to 8 places at the same distances in shared memory; ${BATCHES} interleaved batches of 120, median by median.`,
  });
  run.note(`publishing: ${ratio(publish.publish_ns, publish.memcpy_ns)} of a plain copy`);
  const stalled = await measured<{ alone_ns: number[]; with_readers_ns: number[] }>(
    'ring_bench.cpp',
    'stalled',
    BATCHES,
    8,
    3,
  );
  run.result({
    id: 'ring.stalled_reader_ratio',
    value: ratio(stalled.with_readers_ns, stalled.alone_ns),
    unit: 'x',
    samples: stalled,
    method: `The same batches with 8 readers stopped (SIGSTOP) in the middle of their work and 3 that crashed (SIGSEGV), against none.`,
  });
  const { allocations, ...more } = await measured<{ allocations: number; check: number; frames: number }>(
    'ring_bench.cpp',
    'allocations',
    2000,
  );
  if (more.check !== 1) throw new Error('the count of allocations sees none');
  run.result({
    id: 'ring.allocations',
    value: allocations / more.frames,
    unit: 'per frame',
    samples: { allocations, ...more },
    method: `malloc, calloc, realloc and aligned_alloc of the whole process counted over ${more.frames} published frames; one allocation made on purpose is seen.`,
  });
  await torn(run);
}

async function torn(run: Run): Promise<void> {
  const hunts: Hunt[] = [];
  for (const [frames, width, height, pause] of SHAPES) {
    run.signal.throwIfAborted();
    const hunt = await measured<Hunt>('torn.cpp', frames, width, height, READERS, pause);
    run.note(`${width}x${height}: ${JSON.stringify(hunt)}`);
    hunts.push(hunt);
  }
  const mutant = await measured<Hunt>('torn.cpp', 2000, 1920, 1080, READERS, 0, 'mutant');
  run.note(`a reader that does not look again: ${mutant.torn} torn frames`);
  if (mutant.torn === 0) throw new Error('the mutant reader was not caught: this hunt finds nothing');
  const method =
    `${READERS} reader processes and one writer: ${SHAPES.map(([n, w, h]) => `${n} frames of ${w}x${h}`).join(', ')}. Every word of a ` +
    'frame follows from its id; readers copy, look at the sequence again, then compare, and every third turn take the oldest ' +
    'frame and yield in the middle. A mutant reader that does not look again must be caught.';
  const samples = { hunts, mutant };
  run.result({
    id: 'ring.torn',
    value: hunts.reduce((sum, hunt) => sum + hunt.torn + hunt.crashed, 0),
    unit: 'frames',
    samples,
    method,
  });
  run.result({
    id: 'ring.verified_share',
    value: rounded(Math.min(...hunts.map((hunt) => hunt.least_verified / hunt.frames))),
    unit: 'x',
    samples,
    method: `${method} Share of the frames that the least successful reader verified.`,
  });
  run.result({
    id: 'ring.retries',
    value: Math.min(...hunts.map((hunt) => hunt.retries)),
    unit: 'retries',
    samples,
    method: `${method} How often a frame was overwritten while it was read; the smaller of the hunts.`,
  });
}
