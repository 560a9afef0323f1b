import { createSocket } from 'node:dgram';
import { describe, expect, it } from 'vitest';
import { holdPorts, pickPortPair } from './loopbackPorts';

/** Draws these ports one after the other, the last one again and again. */
const drawing = (...ports: number[]) => {
  let next = 0;
  return () => ports[Math.min(next++, ports.length - 1)] ?? 0;
};

describe('ports of the loopback address', () => {
  it('are given to one owner only, bound or not, until they are released', async () => {
    const first = await pickPortPair(drawing(21_000));
    expect(first).toMatchObject({ rtp: 21_000, rtcp: 21_001 });
    const second = await pickPortPair(drawing(21_000, 21_000, 21_002));
    expect(second.rtp).toBe(21_002);
    first.release();
    const third = await pickPortPair(drawing(21_000));
    expect(third.rtp).toBe(21_000);
    // Who has given them back has no say in them any more.
    first.release();
    await expect(pickPortPair(drawing(21_000))).rejects.toMatchObject({ kind: 'unavailable' });
    for (const ports of [second, third]) ports.release();
  });

  it('are given to one of two that ask at the same time', async () => {
    const [a, b] = await Promise.all([
      pickPortPair(drawing(21_010, 21_012)),
      pickPortPair(drawing(21_010, 21_012)),
    ]);
    expect([a.rtp, b.rtp].sort()).toEqual([21_010, 21_012]);
    for (const ports of [a, b]) ports.release();
  });

  it('stay held while one of two owners does', async () => {
    const given = await pickPortPair(drawing(21_020));
    const taken = holdPorts(given);
    given.release();
    await expect(pickPortPair(drawing(21_020))).rejects.toMatchObject({ kind: 'unavailable' });
    taken.release();
    (await pickPortPair(drawing(21_020))).release();
  });

  it('that another program has are left to it', async () => {
    const stranger = createSocket('udp4');
    await new Promise<void>((resolve) => stranger.bind(21_031, '127.0.0.1', resolve));
    try {
      const ports = await pickPortPair(drawing(21_030, 21_032));
      expect(ports.rtp).toBe(21_032);
      ports.release();
    } finally {
      await new Promise<void>((resolve) => stranger.close(resolve));
    }
    (await pickPortPair(drawing(21_030))).release();
  });
});
