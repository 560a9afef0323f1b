import { describe, expect, it } from 'vitest';
import { percentile, summarise } from './result';

describe('percentile', () => {
  it('is the nearest rank, whatever the order', () => {
    const samples = [15, 20, 35, 40, 50];
    expect(percentile([50, 15, 40, 20, 35], 30)).toBe(20);
    expect(percentile(samples, 40)).toBe(20);
    expect(percentile(samples, 50)).toBe(35);
    expect(percentile(samples, 100)).toBe(50);
  });

  it('of few samples is their largest', () => {
    expect(percentile([1, 2, 3], 95)).toBe(3);
  });

  it('needs samples', () => {
    expect(() => percentile([], 50)).toThrow(RangeError);
  });
});

describe('summarise', () => {
  it('names the extremes and ranks', () => {
    const samples = Array.from({ length: 200 }, (_, index) => index + 1);
    expect(summarise(samples)).toEqual({ n: 200, min: 1, p50: 100, p95: 190, p99: 198, max: 200 });
  });
});
