import { afterEach, expect, test } from 'vitest';
import { fromLocalText, isTwice, rangeText, spanText, toLocalText, typedMoment } from './localTime';

const zone = process.env['TZ'];
afterEach(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

test('what is shown can be typed, and nothing else', () => {
  const at = new Date(2026, 10, 21, 14, 5, 30).getTime();
  expect(toLocalText(at)).toBe('2026-11-21 14:05:30');
  expect(fromLocalText(' 2026-11-21 14:05:30 ')).toBe(at);
  expect(fromLocalText('2026-11-21T14:05')).toBe(at - 30_000);
  for (const wrong of [
    '',
    'now',
    '2026-06-31 10:00:00',
    '2026-11-21 24:00:00',
    '2026-11-21 10:60:00',
    '2026-11-21 10:00:60',
  ])
    expect(fromLocalText(wrong), wrong).toBeNull();
});

test('spans', () => {
  expect([spanText(75.4), spanText(3600), spanText(0)]).toEqual(['1:15', '1:00:00', '0:00']);
});

test('a moment that nobody changed is the moment itself, to the millisecond', () => {
  const start = new Date(2026, 10, 21, 14, 5, 30, 250).getTime();
  expect(typedMoment(toLocalText(start), start)).toBe(start);
  expect(typedMoment(`${toLocalText(start)} `, start)).toBe(start);
  expect(typedMoment('2026-11-21 14:05:31', start)).toBe(start + 750);
  expect(typedMoment('soon', start)).toBeNull();
});

test.each([
  ['Europe/Berlin', '2026-10-25T00:30:00.100Z', '2026-10-25 02:30:00 +02:00'],
  ['Europe/Berlin', '2026-10-25T01:30:00.900Z', '2026-10-25 02:30:00 +01:00'],
  ['America/New_York', '2026-11-01T06:10:00.000Z', '2026-11-01 01:10:00 -05:00'],
  ['Australia/Lord_Howe', '2026-04-04T15:10:00.000Z', '2026-04-05 01:40:00 +10:30'],
])('in %s the hour that comes twice says which one it is: %s', (name, iso, text) => {
  process.env['TZ'] = name;
  const at = Date.parse(iso);
  expect(toLocalText(at)).toBe(text);
  expect(typedMoment(text, at)).toBe(at);
  expect(fromLocalText(text)).toBe(Math.floor(at / 1000) * 1000);
  expect(isTwice(at)).toBe(true);
});

test('around the hour that comes twice nothing is said, and of a text without offset the first is meant', () => {
  process.env['TZ'] = 'Europe/Berlin';
  expect(toLocalText(Date.parse('2026-10-24T23:59:59Z'))).toBe('2026-10-25 01:59:59');
  expect(toLocalText(Date.parse('2026-10-25T02:00:00Z'))).toBe('2026-10-25 03:00:00');
  expect(fromLocalText('2026-10-25 02:30:00')).toBe(Date.parse('2026-10-25T00:30:00Z'));
  // The hour that does not come at all is none that comes twice.
  expect(isTwice(Date.parse('2026-03-29T01:00:00Z'))).toBe(false);
});

test('a range says the date of its end only where that is another one', () => {
  const at = (day: number, hour: number) => new Date(2026, 10, day, hour).getTime();
  expect(rangeText(at(21, 14), at(21, 15))).toBe('2026-11-21 14:00:00 - 15:00:00');
  expect(rangeText(at(21, 23), at(22, 1))).toBe('2026-11-21 23:00:00 - 2026-11-22 01:00:00');
});
