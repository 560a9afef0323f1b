import { expect, test } from 'vitest';
import { lengthText, tagsOf } from './captureText';

test('tags are separated by commas, each there once', () => {
  expect(tagsOf(' Theft,  red   car ,, theft,night')).toEqual(['Theft', 'red car', 'night']);
  expect(tagsOf(' , ')).toEqual([]);
});

test.each([
  [0.2, '0:01'],
  [30, '0:30'],
  [59.6, '1:00'],
  [605, '10:05'],
])('%s s is %s', (seconds, text) => expect(lengthText(seconds)).toBe(text));
