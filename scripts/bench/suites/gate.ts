import type { FrameTime, GateState } from '../../../main/core/gate/fpsGate';
import { afterDispatch, mayDispatch, rateOf } from '../../../main/core/gate/fpsGate';
import { rounded } from '../lib/result';
import type { Run } from '../measure';

const SOURCES = [10, 12.5, 15, 25, 29.97, 30];
const DESIRED = Array.from({ length: 30 }, (_, index) => index + 1);
const SECONDS = 120;
/** Time stamps of a camera are not exact: they differ by up to this share of a frame. */
const JITTER = 0.1;

/** The gate of frames per second on simulated sources: never above the ceiling, hardly below it. */
export function gate(run: Run): Promise<void> {
  let violations = 0;
  let windows = 0;
  const ratios: { source: number; desired: number; jitter: number; ratio: number }[] = [];
  for (const source of SOURCES)
    for (const desired of DESIRED)
      for (const jitter of [0, JITTER]) {
        const times = dispatched(source, desired, jitter);
        const allowed = Math.min(source, desired) * SECONDS;
        ratios.push({ source, desired, jitter, ratio: rounded(times.length / allowed) });
        for (const periods of [1, 2, 3, 5, desired, 10 * desired]) {
          const seen = most(times, (periods * 1e6) / desired);
          windows += seen.windows;
          violations += seen.counts.filter((count) => count > periods + 1).length;
        }
      }
  const worst = ratios.reduce((a, b) => (b.ratio < a.ratio ? b : a));
  run.note(`worst: ${JSON.stringify(worst)}, ${String(windows)} windows`);
  const sources = `Sources of ${SOURCES.join(', ')} frames/s for ${String(SECONDS)} s, exact and with time stamps off by up to ${String(JITTER)} of a frame; desired 1 to 30. `;
  run.result({
    id: 'gate.upper',
    value: violations,
    unit: 'windows',
    samples: { windows, violations },
    method:
      `${sources}Windows of k whole periods T = k / fps (k = 1, 2, 3, 5, fps, 10 fps) that begin at each dispatch; allowed are ` +
      'floor(T x fps) + 1 = k + 1. The gate takes a frame up to half a source frame early, so windows that are no whole ' +
      'number of periods may hold one more than their fraction allows.',
  });
  run.result({
    id: 'gate.lower',
    value: worst.ratio,
    unit: 'x',
    samples: ratios,
    method: `${sources}Dispatched frames by min(source, desired) x time; the worst pair.`,
  });
  return Promise.resolve();
}

function dispatched(source: number, desired: number, jitter: number): number[] {
  const rate = rateOf(desired) ?? 0;
  const durationUs = Math.round(1e6 / source);
  const random = lcg(Math.round(source * 100) * 31 + desired);
  let state: GateState | null = null;
  const times: number[] = [];
  for (let index = 0; index < source * SECONDS; index++) {
    const ptsUs = Math.max(
      0,
      Math.round((index * 1e6) / source + (random() - 0.5) * 2 * jitter * durationUs),
    );
    const frame: FrameTime = { epoch: 1, ptsUs, monotonicUs: ptsUs, frameDurationUs: durationUs };
    if (!mayDispatch(state, rate, frame)) continue;
    state = afterDispatch(state, rate, frame);
    times.push(ptsUs);
  }
  return times;
}

function most(times: readonly number[], windowUs: number): { windows: number; counts: number[] } {
  let to = 0;
  const counts = times.map((from, index) => {
    while (to < times.length && (times[to] ?? 0) - from < windowUs) to++;
    return to - index;
  });
  return { windows: counts.length, counts };
}

/** Repeatable chance, 0 to 1. */
function lcg(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}
