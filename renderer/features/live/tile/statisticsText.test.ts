import { expect, test } from 'vitest';
import type { FeedRates } from '../../../live/feedRates';
import { bitrateText, statisticsLines } from './statisticsText';

const rates: FeedRates = {
  width: 1920,
  height: 1080,
  fps: 24.96,
  droppedFps: 0,
  bitrate: 3_440_000,
  jitterMs: 1.234,
  loss: 0.0051,
  bufferMs: 14.4,
  decodeMs: 2.16,
  latencyMs: 31.2,
  decoder: 'FFmpeg',
  hardware: false,
  freezes: 0,
};
const values = (from: FeedRates | null) =>
  Object.fromEntries(statisticsLines('sub', from).map(({ id, value }) => [id, value]));

test('statistics are written with their units', () => {
  expect(values(rates)).toEqual({
    stream: 'Sub',
    size: '1920 \u00d7 1080',
    fps: '25.0',
    bitrate: '3.4 Mbit/s',
    jitter: '1.2 ms',
    loss: '0.51 %',
    latency: '31 ms',
    buffer: '14 ms',
    decode: '2.2 ms',
    decoder: 'FFmpeg, software',
    freezes: '0',
  });
});

test('what is not known is not made up', () => {
  const { stream, ...rest } = values(null);
  expect(stream).toBe('Sub');
  expect(new Set(Object.values(rest))).toEqual(new Set(['\u2013']));
});

test('bit rates change their unit where they become unreadable', () => {
  expect([0, 999, 512_400, 999_600].map(bitrateText)).toEqual([
    '0 kbit/s',
    '1 kbit/s',
    '512 kbit/s',
    '1.0 Mbit/s',
  ]);
});
