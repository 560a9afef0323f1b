import { describe, expect, it } from 'vitest';
import type { StreamFigures } from '../../kernel/ingest/journal';
import type { Counters } from './counters';
import { ratesBetween } from './rates';

const figures = (frames: number, reconnects = 0): StreamFigures => ({
  ...{ frames, reconnects, gaps: 0, gapSeconds: 0, lastGapUs: null },
});

function counters(atS: number, more: Partial<Counters> = {}): Counters {
  return {
    atUs: atS * 1e6,
    streams: new Map(),
    processes: [],
    frames: [],
    agents: [],
    models: [],
    events: {
      stored: 0,
      mediaFailed: 0,
      store: { state: 'working', trouble: null, sinceUs: null },
      figures: null,
      drops: { invalid: 0, unknown_camera: 0, overload: 0, store: 0 },
    },
    traffic: { in: { bytes: 0, packets: 0, lost: 0 }, out: { bytes: 0, packets: 0, lost: 0 } },
    ...more,
  };
}

const ingest = (pid: number, startTicks: number, cpuSeconds: number, writtenBytes: number) => ({
  ...{ kind: 'ingest', pid, stream: 'gate' },
  usage: { startTicks, cpuSeconds, memoryBytes: 1000, writtenBytes },
});

const agent = (results: number, drops: Record<string, number>) => ({
  ...{ camera_id: 'gate', state: 'running' as const, subscription_count: 1 },
  subscriptions: [
    {
      ...{ model_id: 'm', camera_id: 'gate', active: true, dispatch_count: 0, result_count: results, drops },
      ...{ last_dispatch_time: null, last_dispatched_frame_id: null },
      drop_count: Object.values(drops).reduce((sum, count) => sum + count, 0),
    },
  ],
});

describe('rates between two readings', () => {
  it('are what the counters did per second', () => {
    const before = counters(100, {
      streams: new Map([['gate', figures(1_000, 1)]]),
      processes: [ingest(7, 50, 2, 10_000)],
      agents: [agent(10, { gate: 500, busy: 1 })],
    });
    const after = counters(110, {
      streams: new Map([['gate', figures(1_250, 3)]]),
      processes: [ingest(7, 50, 2.5, 60_000)],
      agents: [agent(60, { gate: 900, busy: 11, timeout: 10 })],
    });
    const rates = ratesBetween(before, after);
    expect(rates.cameras.get('gate')).toEqual({
      cameraFps: 25,
      processFps: null,
      // What the gate holds back was asked for: only the rest was skipped.
      skippedFps: 2,
      detectionFps: 5,
      ingestBytesPerS: 5_000,
      reconnects: 2,
    });
    expect(rates.processes.get(7)).toEqual({ cpuPercent: 5, memoryBytes: 1000 });
  });

  it('count a process with the pid of another one from its own start', () => {
    const before = counters(100, { processes: [ingest(7, 50, 90, 1e9)] });
    const after = counters(110, {
      streams: new Map([['gate', figures(0)]]),
      processes: [ingest(7, 51, 1, 2_000)],
    });
    const rates = ratesBetween(before, after);
    expect(rates.processes.get(7)?.cpuPercent).toBe(10);
    expect(rates.cameras.get('gate')?.ingestBytesPerS).toBe(200);
  });

  it('are unknown at first and after a counter began anew, never negative', () => {
    const traffic = (bytes: number) => ({
      in: { bytes, packets: 0, lost: 0 },
      out: { bytes: 0, packets: 0, lost: 0 },
    });
    expect(ratesBetween(null, counters(1)).sfuInBytesPerS).toBeNull();
    const fell = ratesBetween(counters(1, { traffic: traffic(9) }), counters(2, { traffic: traffic(3) }));
    expect(fell.sfuInBytesPerS).toBeNull();
    expect(fell.sfuLost).toBe(0);
  });
});
