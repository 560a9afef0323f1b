import { describe, expect, it } from 'vitest';
import { createPacketDumpParser, PacketStatistics } from './packetDump';

describe('the packet statistics', () => {
  const of = (packets: [number | null, boolean][]): PacketStatistics => {
    const statistics = new PacketStatistics();
    for (const [pts, key] of packets) statistics.add({ stream: 0, key, pts, size: 1 });
    return statistics;
  };

  it('read what FFmpeg dumps', () => {
    const parse = createPacketDumpParser();
    const lines = [
      '[info] stream #0:',
      '[info]   keyframe=1',
      '[info]   duration=0.067',
      '[info]   dts=N/A  pts=N/A',
      '[info]   size=1649',
      '[info] stream #1:',
      '[info]   keyframe=0',
      '[null @ 0x1] [error] something between',
      '[info]   dts=-0.067  pts=-0.133',
      '[info]   size=307',
    ];
    expect(lines.map(parse).filter((packet) => packet !== null)).toEqual([
      { stream: 0, key: true, pts: null, size: 1649 },
      { stream: 1, key: false, pts: -0.133, size: 307 },
    ]);
  });

  it('count the first key frame although it has no time', () => {
    const packets: [number | null, boolean][] = [[null, true]];
    for (let i = 0; i < 20; i++) packets.push([i / 10, i === 9 || i === 19]);
    const statistics = of(packets.slice(0, 11));
    expect(statistics.fps).toBeCloseTo(10);
    expect(statistics.gopSeconds).toBeCloseTo(1);
    expect(statistics.decided).toBe(true);
    expect(of(packets).gopSeconds).toBeCloseTo(1);
  });

  it('take one step back for the clock being set, several for reordering', () => {
    const straight: [number, boolean][] = [0, 1, 2, 1.5, 2.5, 3.5, 4.5, 5.5].map((time) => [time, false]);
    expect(of(straight).hasBFrames).toBe(false);
    const reordered: [number, boolean][] = [0, 3, 1, 2, 6, 4, 5, 9, 7].map((time) => [time, false]);
    expect(of(reordered).hasBFrames).toBe(true);
  });

  it('know nothing from too little', () => {
    const statistics = of([
      [null, true],
      [0, false],
    ]);
    expect([statistics.fps, statistics.gopSeconds, statistics.decided]).toEqual([null, null, false]);
  });
});
