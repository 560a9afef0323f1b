import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FramingError, MAX_MESSAGE_BYTES, MessageReader, encodeMessage } from './wire';

const decode = (body: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(body));

describe('INV-54: the framing', () => {
  it('is an unsigned 32-bit big-endian length and UTF-8 JSON', () => {
    expect([...encodeMessage({ a: 'ä' })]).toEqual([
      ...[0, 0, 0, 10],
      ...[...Buffer.from('{"a":"ä"}', 'utf8')],
    ]);
  });

  it('gives the same messages however the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { maxLength: 6 }), fc.array(fc.nat(40)), (values, cuts) => {
        const stream = Buffer.concat(values.map(encodeMessage));
        const reader = new MessageReader();
        const heard: unknown[] = [];
        let at = 0;
        for (const cut of [...cuts, stream.length]) {
          heard.push(...reader.push(stream.subarray(at, at + cut)).map(decode));
          at += Math.min(cut, stream.length - at);
        }
        expect(heard).toEqual(values.map((value) => JSON.parse(JSON.stringify(value)) as unknown));
        expect(reader.pendingBytes).toBe(0);
      }),
    );
  });

  it.each([
    ['0', 0],
    ['one byte too many', MAX_MESSAGE_BYTES + 1],
    ['all bits set', 0xffffffff],
  ])('refuses the length %s before the body comes', (_name, length) => {
    const prefix = Buffer.alloc(4);
    prefix.writeUInt32BE(length);
    expect(() => new MessageReader().push(prefix)).toThrow(FramingError);
  });

  it('takes the longest message that is allowed', () => {
    const prefix = Buffer.alloc(4);
    prefix.writeUInt32BE(MAX_MESSAGE_BYTES);
    const reader = new MessageReader();
    expect(reader.push(prefix)).toEqual([]);
    expect(reader.push(Buffer.alloc(MAX_MESSAGE_BYTES))).toHaveLength(1);
  });
});
