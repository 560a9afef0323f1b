import { expect, it } from 'vitest';
import { bars } from '../bars.mjs';
import { keep } from '../history.mjs';
import { reasons } from '../reasons.mjs';
import { barsPlot, historyPlot, peersPlot } from '../svg.mjs';

const [first] = bars['record'] ?? [];
if (first === undefined) throw new Error('no bars');

it('a reason stands for a bar that there is', () => {
  const ids = Object.values(bars).flatMap((list) => list.map(({ id }) => id));
  expect(ids).toEqual([...new Set(ids)]);
  for (const id of Object.keys(reasons)) expect(ids).toContain(id);
});

it.each([null, {}, { suite: 'ring' }, { suite: 'ring', results: [], machine: {} }])(
  '%j is no result of a suite',
  (report) => {
    expect(() => keep(report)).toThrow('no result of a suite');
  },
);

it('plots are well-formed, whatever the values', () => {
  const line = (value: number) => ({
    ...{ at: '2026-01-01', suite: 'record', machine: {} },
    results: [{ id: first.id, value, unit: 'x' }],
  });
  for (const svg of [
    barsPlot([
      { bar: { ...first, id: '<a & b>' }, value: 1e9 },
      { bar: first, value: 0 },
    ]),
    historyPlot([first], []),
    historyPlot([first], [line(1), line(0), line(2)]),
    peersPlot(new Map([['ours', [{ cameras: 1, cores: 0 }]]])),
  ]) {
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(svg.match(/<(?!\/|svg|rect|line|text|circle|polyline)/g)).toBeNull();
  }
});
