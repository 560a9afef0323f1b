import { expect, test } from 'vitest';
import { plotData, summaryOf, tableRows } from './plotData';

const answer = {
  from: '2027-01-15T08:00:00.000Z',
  step: 10,
  series: [
    { metric: 'cpu_percent' as const, subject: null, values: [1, null, 3] },
    { metric: 'main_cpu_percent' as const, subject: null, values: [null, null, null] },
  ],
};
const cpu = {
  title: 'health.plot.cpu' as const,
  unit: 'percent' as const,
  lines: [
    { metric: 'cpu_percent' as const, label: 'health.line.all' as const },
    { metric: 'main_cpu_percent' as const, label: 'health.line.main' as const },
  ],
};

test('lines without a value are left out; times go with the values', () => {
  const data = plotData(cpu, answer, (key) => key, String, false);
  expect(data.lines).toEqual([{ name: 'health.line.all', values: [1, null, 3] }]);
  expect(data.times.map((at) => at - (data.times[0] ?? 0))).toEqual([0, 10, 20]);
});

test('each model has a line of its own', () => {
  const data = plotData(
    {
      title: 'health.plot.inference',
      unit: 'ms',
      lines: [{ metric: 'inference_speed', label: 'health.plot.inference' }],
    },
    { ...answer, series: [{ metric: 'inference_speed', subject: 'people', values: [7] }] },
    (key) => key,
    (id) => `The ${id}`,
    true,
  );
  expect(data.lines).toEqual([{ name: 'The people', values: [7] }]);
});

test('a table tells at most sixty moments, the newest first, none without a value', () => {
  const values = Array.from({ length: 360 }, (_, index) => (index === 359 ? null : index));
  const rows = tableRows({ times: values.map((_, index) => index), lines: [{ name: 'x', values }] });
  expect(rows.length).toBeLessThanOrEqual(60);
  expect(rows[0]?.at).toBe(353);
  expect(summaryOf(values)).toEqual({ now: 358, min: 0, max: 358 });
  expect(summaryOf([null])).toBeNull();
});
