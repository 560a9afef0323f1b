import { expect, test } from 'vitest';
import { countedFrom, dayStart, isFiltered, NO_EVENT_FILTER, spanOf, toRequest } from './eventFilter';

const A = '00000000-0000-4000-8000-00000000000a';
const B = '00000000-0000-4000-8000-00000000000b';
const GROUPS = [
  { id: 'g', name: 'Gate', camera_ids: [A] },
  { id: 'e', name: 'Empty', camera_ids: [] },
];
const NOW = new Date(2026, 10, 21, 14, 30).getTime();

test('without conditions nothing is asked for', () => {
  expect(toRequest(NO_EVENT_FILTER, GROUPS, NOW)).toEqual({});
  expect(isFiltered(NO_EVENT_FILTER)).toBe(false);
});

test('every condition reaches the request', () => {
  const filter = {
    ...NO_EVENT_FILTER,
    cameras: [A, B],
    models: ['m'],
    labels: ['person'],
    confidence: 70,
    time: 'hour' as const,
    reviewed: 'no' as const,
  };
  expect(toRequest(filter, GROUPS, NOW)).toEqual({
    camera_ids: [A, B],
    model_ids: ['m'],
    labels: ['person'],
    min_confidence: 0.7,
    start_time: new Date(NOW - 3_600_000).toISOString(),
    reviewed: false,
  });
  expect(isFiltered(filter)).toBe(true);
});

test('groups narrow cameras; an empty group finds nothing instead of everything', () => {
  const cameras = (chosen: { cameras?: string[]; groups?: string[] }) =>
    toRequest({ ...NO_EVENT_FILTER, ...chosen }, GROUPS, NOW).camera_ids;
  expect(cameras({ groups: ['g'] })).toEqual([A]);
  expect(cameras({ groups: ['g'], cameras: [A, B] })).toEqual([A]);
  expect(cameras({ groups: ['e'] })).toEqual(['00000000-0000-0000-0000-000000000000']);
});

test('past midnight today is the new day, and the last hour stays what was asked for', () => {
  const tomorrow = new Date(2026, 10, 22).getTime();
  const from = (time: 'today' | 'yesterday' | 'hour', today: number) =>
    spanOf(time, countedFrom(time, NOW, today)).from;
  expect([from('today', dayStart(NOW)), from('today', tomorrow)]).toEqual([dayStart(NOW), tomorrow]);
  expect(from('yesterday', tomorrow)).toBe(dayStart(NOW));
  expect(from('hour', tomorrow)).toBe(NOW - 3_600_000);
});

test('presets are days of the workstation, not of UTC', () => {
  const midnight = new Date(2026, 10, 21).getTime();
  expect(spanOf('today', NOW)).toEqual({ from: midnight, to: null });
  expect(spanOf('yesterday', NOW)).toEqual({ from: new Date(2026, 10, 20).getTime(), to: midnight - 1 });
  expect(spanOf('week', NOW).from).toBe(new Date(2026, 10, 15).getTime());
  expect(dayStart(NOW, -21)).toBe(new Date(2026, 9, 31).getTime());
});
