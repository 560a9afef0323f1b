import { describe, expect, test } from 'vitest';
import { weekSchedule } from '../../../../contract/schedule';
import { ALWAYS, hoursOf, isOn, NEVER, paint, PRESETS, toSchedule, toWeek } from './week';
import { weekSummary } from './weekText';

describe('painting', () => {
  test('fills the rectangle whichever way it is drawn', () => {
    const down = paint(NEVER, { day: 1, slot: 16 }, { day: 3, slot: 19 }, true);
    expect(paint(NEVER, { day: 3, slot: 16 }, { day: 1, slot: 19 }, true)).toBe(down);
    expect(paint(NEVER, { day: 3, slot: 19 }, { day: 1, slot: 16 }, true)).toBe(down);
    expect(hoursOf(down)).toBe(6);
    expect([0, 1, 3, 4].map((day) => isOn(down, { day, slot: 17 }))).toEqual([false, true, true, false]);
    expect([15, 16, 19, 20].map((slot) => isOn(down, { day: 2, slot }))).toEqual([false, true, true, false]);
    expect(paint(down, { day: 0, slot: 0 }, { day: 6, slot: 47 }, false)).toBe(NEVER);
  });

  test('never leaves what the contract takes', () => {
    for (const week of [
      ...Object.values(PRESETS),
      paint(ALWAYS, { day: 6, slot: 47 }, { day: 0, slot: 0 }, false),
    ])
      expect(weekSchedule.safeParse(week).success).toBe(true);
  });
});

test('presets', () => {
  expect(hoursOf(PRESETS.working)).toBe(50);
  expect(hoursOf(PRESETS.nights)).toBe(70);
  expect(hoursOf(PRESETS.closed)).toBe(168 - 50);
  expect(toSchedule(PRESETS.always)).toBeNull();
  expect(toSchedule(PRESETS.nights)).toBe(PRESETS.nights);
  expect(toWeek(null)).toBe(ALWAYS);
});

test.each([
  [ALWAYS, 'Always'],
  [NEVER, 'Never'],
  [PRESETS.working, 'Mon\u2013Fri 08:00\u201318:00'],
  [PRESETS.nights, 'Daily 00:00\u201306:00, 20:00\u201324:00'],
  [PRESETS.closed, 'Mon\u2013Fri 00:00\u201308:00, 18:00\u201324:00; Sat\u2013Sun all day'],
  [paint(NEVER, { day: 6, slot: 47 }, { day: 6, slot: 47 }, true), 'Sun 23:30\u201324:00'],
  [
    [0, 2, 4, 6].reduce((week, day) => paint(week, { day, slot: day }, { day, slot: day }, true), NEVER),
    '2 hours a week',
  ],
])('is told in few words', (week, text) => expect(weekSummary(week)).toBe(text));
