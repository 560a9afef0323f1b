/** The head of a pack of pictures; the pictures follow it in the order of their frames. */
export interface KeysHead {
  /** `video`: packets for a decoder that is set up as described; `jpeg`: pictures. */
  readonly kind: 'video' | 'jpeg';
  readonly codec: string | null;
  /** base64; null when there is none. */
  readonly description: string | null;
  readonly width: number;
  readonly height: number;
  /** Wall clock, milliseconds, in time order. */
  readonly frames: readonly { readonly at: number; readonly size: number }[];
}

export const NO_PICTURES: KeysHead = {
  ...{ kind: 'jpeg', codec: null, description: null, width: 0, height: 0, frames: [] },
};

/** Length of the head (32 bit, big endian), head as JSON, pictures. */
export function packed(head: KeysHead, pictures: readonly Uint8Array[]): Uint8Array {
  const json = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.length, 0);
  return new Uint8Array(Buffer.concat([length, json, ...pictures]));
}

/** Takes one picture out of a pack: the latest at or before a moment, else the first; null when it has none. */
export function pictureOf(pack: Uint8Array, at: number): Uint8Array | null {
  const buffer = Buffer.from(pack.buffer, pack.byteOffset, pack.byteLength);
  const length = buffer.readUInt32BE(0);
  const head = JSON.parse(buffer.toString('utf8', 4, 4 + length)) as KeysHead;
  const index = Math.max(
    0,
    head.frames.findLastIndex((frame) => frame.at <= at),
  );
  const frame = head.frames[index];
  if (!frame) return null;
  const start = 4 + length + head.frames.slice(0, index).reduce((sum, { size }) => sum + size, 0);
  return packed({ ...head, frames: [frame] }, [buffer.subarray(start, start + frame.size)]);
}
