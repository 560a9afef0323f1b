import { expect, test } from 'vitest';
import { daysText, lengthText, NOTHING, valueText } from './healthText';

test('values are short and carry their unit', () => {
  expect(valueText(412_345, 'bytesPerS')).toBe('412 KB/s');
  expect(valueText(12.34, 'percent')).toBe('12.3 %');
  expect(valueText(123.4, 'ms')).toBe('123 ms');
  expect(valueText(65_400, 'ms')).toBe('65.4 s');
  expect(valueText(25, 'perS')).toBe('25');
  expect(valueText(null, 'ms')).toBe(NOTHING);
  expect(valueText(NaN, 'count')).toBe(NOTHING);
});

test('lengths of time are told in the largest fitting unit', () => {
  expect([5, 89, 600, 7_200, 9_000].map(lengthText)).toEqual(['5 s', '89 s', '10 min', '2 h', '2.5 h']);
  expect([0.44, 1, 31.6].map(daysText)).toEqual(['0.4 days', '1 day', '32 days']);
});
