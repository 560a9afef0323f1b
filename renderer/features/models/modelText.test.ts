import { expect, test } from 'vitest';
import { deviceText, dropsOf, latencyText } from './modelText';

test('the device that is used, and why it is another one', () => {
  expect(deviceText({ requested: 'auto', actual: 'cpu', why: 'cuda is missing' })).toEqual({
    used: 'CPU (asked for: auto)',
    why: 'cuda is missing',
  });
  expect(deviceText({ requested: 'cpu', actual: 'cpu', why: '' })).toEqual({ used: 'CPU', why: null });
  expect(deviceText({})).toBeNull();
  expect(deviceText(null)).toBeNull();
});

test('latency is known after the first answer', () => {
  expect(latencyText(null)).toBeNull();
  expect(latencyText({ p50: 51.6, p95: 70, p99: 80.2 })).toBe('52 ms, worst 80');
});

test('drops are frames that were not looked at', () => {
  expect(dropsOf({ busy: 2, timeouts: 3 })).toBe(5);
});
