import { describe, expect, it } from 'vitest';
import { cellsOf, MOTION_BYTES, motionMaskToText } from '../../../contract/motionGrid';
import { MotionGate, type MotionGateConfig } from './motionGate';

const none = new Uint8Array(MOTION_BYTES);
const corner = none.map((_, index) => (index === 0 ? 1 : 0));
const still = { low: none, medium: none, high: none };
const config: MotionGateConfig = { sensitivity: 'medium', hold_ms: 2000, every_ms: 10_000, cells: null };
const at = (seconds: number, motion: typeof still | null) => ({ monotonicUs: seconds * 1e6, motion });

/** Offers one frame a second. @returns the seconds at which frames passed */
function passes(moving: (second: number) => typeof still | null, more: Partial<MotionGateConfig> = {}) {
  const gate = new MotionGate();
  return Array.from({ length: 40 }, (_, second) => second).filter((second) => {
    const frame = at(second, moving(second));
    const may = gate.sees(frame, { ...config, ...more });
    if (may) gate.passed(frame);
    return may;
  });
}

describe('the motion gate', () => {
  it('lets a still picture pass once in a while', () => {
    expect(passes(() => still)).toEqual([0, 10, 20, 30]);
  });
  it('opens with motion and closes a while after it', () => {
    const moving = { ...still, medium: corner, high: corner };
    expect(passes((second) => (second === 4 || second === 5 ? moving : still))).toEqual([
      ...[0, 4, 5, 6, 7, 17, 27, 37],
    ]);
  });
  it('hears only what its sensitivity lets through', () => {
    const faint = { ...still, high: corner };
    const moving = (second: number) => (second === 5 ? faint : still);
    expect(passes(moving)).not.toContain(5);
    expect(passes(moving, { sensitivity: 'high' })).toContain(5);
    expect(passes(moving, { sensitivity: 'low' })).not.toContain(5);
  });
  it('looks at its zones only', () => {
    const square = (from: number, to: number) =>
      [
        [from, from],
        [to, from],
        [to, to],
        [from, to],
      ] as [number, number][];
    const moving = (second: number) => (second === 5 ? { ...still, medium: corner, high: corner } : still);
    const inside = motionMaskToText(cellsOf([square(0, 0.1)]));
    const outside = motionMaskToText(cellsOf([square(0.5, 0.9)]));
    const masked = motionMaskToText(cellsOf([], [square(0, 0.1)]));
    expect(passes(moving, { cells: inside })).toContain(5);
    expect(passes(moving, { cells: outside })).not.toContain(5);
    expect(passes(moving, { cells: masked })).not.toContain(5);
  });
  it('hides nothing where motion is not known', () => {
    expect(passes(() => null)).toHaveLength(40);
  });
});
