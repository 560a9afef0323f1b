import { describe, expect, it } from 'vitest';
import { ratesBetween } from './feedRates';
import type { LiveFeedStats } from './feedStats';
import { statsOf } from './feedStats';

const first: LiveFeedStats = {
  at: 10_000,
  id: 'IT01',
  framesDecoded: 100,
  framesDropped: 4,
  freezeCount: 1,
  frameWidth: 1280,
  frameHeight: 720,
  bytesReceived: 1_000_000,
  packetsReceived: 900,
  packetsLost: 10,
  jitter: 0.004,
  jitterBufferDelay: 5,
  jitterBufferEmittedCount: 100,
  totalProcessingDelay: 9,
  totalDecodeTime: 2,
  codec: 'H264',
  decoderImplementation: 'FFmpeg',
  powerEfficientDecoder: false,
  jitterBufferMs: 50,
};
const second: LiveFeedStats = {
  ...first,
  at: 12_000,
  framesDecoded: 150,
  framesDropped: 5,
  bytesReceived: 1_500_000,
  packetsReceived: 1_395,
  packetsLost: 15,
  jitter: 0.0025,
  jitterBufferDelay: 6,
  jitterBufferEmittedCount: 150,
  totalProcessingDelay: 10.5,
  totalDecodeTime: 2.25,
};

describe('rates between two looks', () => {
  it('are differences, not means since the beginning', () => {
    expect(ratesBetween(first, second)).toEqual({
      width: 1280,
      height: 720,
      fps: 25,
      droppedFps: 0.5,
      bitrate: 2_000_000,
      jitterMs: 2.5,
      loss: 0.01,
      bufferMs: 20,
      decodeMs: 5,
      latencyMs: 30,
      decoder: 'FFmpeg',
      hardware: false,
      freezes: 1,
    });
  });

  it('cannot be told from one look, from another view or from the same moment', () => {
    for (const before of [null, { ...first, id: 'IT02' }, { ...first, at: second.at }]) {
      const rates = ratesBetween(before, second);
      expect([rates.fps, rates.bitrate, rates.loss, rates.latencyMs]).toEqual([null, null, null, null]);
      expect([rates.width, rates.decoder]).toEqual([1280, 'FFmpeg']);
    }
  });

  it('of a picture that stands still are zero and have no means', () => {
    const rates = ratesBetween(second, { ...second, at: 13_000 });
    expect([rates.fps, rates.bitrate, rates.loss, rates.bufferMs]).toEqual([0, 0, null, null]);
  });

  it('do not become negative when a late packet takes a loss back', () => {
    expect(
      ratesBetween(second, { ...second, at: 13_000, packetsReceived: 1_495, packetsLost: 14 }).loss,
    ).toBe(0);
  });
});

describe('counters of a report', () => {
  it('come from the inbound stream and are zero where the browser says nothing', () => {
    const report = new Map<string, unknown>([
      ['T', { type: 'transport', id: 'T', timestamp: 1 }],
      ['C', { type: 'codec', id: 'C', mimeType: 'video/H264' }],
      ['I', { type: 'inbound-rtp', id: 'I', timestamp: 7, framesDecoded: 3, codecId: 'C' }],
    ]);
    expect(statsOf(report)).toMatchObject({
      at: 7,
      id: 'I',
      framesDecoded: 3,
      codec: 'H264',
      packetsLost: 0,
      frameWidth: null,
    });
    expect(statsOf(new Map())).toBeNull();
  });
});
