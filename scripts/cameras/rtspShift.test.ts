import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RtspShift } from './rtspShift';

function rtp(channel: number, timestamp: number, payload: number): Buffer {
  const packet = Buffer.alloc(4 + 12 + payload, 7);
  packet[0] = 0x24;
  packet[1] = channel;
  packet.writeUInt16BE(12 + payload, 2);
  packet.writeUInt32BE(timestamp >>> 0, 8);
  return packet;
}

const text = Buffer.from('RTSP/1.0 200 OK\r\nCSeq: 2\r\nContent-Length: 6\r\n\r\n$ no $');

describe('moved time stamps', () => {
  it('moves RTP of even channels and nothing else, however the bytes are cut', () => {
    const input = Buffer.concat([text, rtp(0, 1000, 40), rtp(1, 5, 30), text, rtp(2, 0xffffffff, 0)]);
    const expected = Buffer.concat([text, rtp(0, 1090, 40), rtp(1, 5, 30), text, rtp(2, 89, 0)]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: input.length }), { maxLength: 12 }), (cuts) => {
        const shift = new RtspShift(() => 90);
        const edges = [0, ...cuts.sort((a, b) => a - b), input.length];
        const parts = edges
          .slice(1)
          .map((end, index) => Buffer.from(input.subarray(edges[index] ?? 0, end)))
          .map((part) => Buffer.from(shift.pass(part)));
        expect(Buffer.concat(parts).equals(expected)).toBe(true);
      }),
    );
  });

  it('leaves every byte as it is without a shift', () => {
    const input = Buffer.concat([text, rtp(0, 1000, 40)]);
    expect(new RtspShift(() => 0).pass(Buffer.from(input)).equals(input)).toBe(true);
  });
});
