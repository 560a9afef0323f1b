// @ts-check
// Why a bar is missed where it is: what a profile said, what was tried, what it came to. Shown in docs/performance.md as long as
// the latest run misses the bar.

/** @type {Record<string, string>} */
export const reasons = {
  'infer.overhead_p95_ms':
    'The median of the same run is 6 ms, far below the bar; the tail has not been profiled. Four decoders, the camera source and a model that uses all threads share two cores, and the container yields to video by design.',
  'infer.overhead_in_phase_p95_ms':
    'As above, and all cameras send their pictures at the same moment: two cores decode four pictures before the last one can be looked at. Not profiled.',
};
