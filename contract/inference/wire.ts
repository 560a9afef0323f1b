/**
 * Framing on the socket of a model container: an unsigned 32-bit big-endian length, then that many bytes of
 * UTF-8 JSON, in both directions (seed 003; reference 4.1; INV-54).
 */

/** Longest accepted message, bytes (reference 4.1). */
export const MAX_MESSAGE_BYTES = 10_485_760;
const PREFIX_BYTES = 4;

/** The stream cannot be continued: after a wrong length nobody knows where the next message begins. */
export class FramingError extends Error {
  override readonly name = 'FramingError';
}

/** @returns length and JSON in one piece of memory, so that it leaves in one write */
export function encodeMessage(value: unknown): Uint8Array {
  const body = new TextEncoder().encode(JSON.stringify(value));
  const message = new Uint8Array(PREFIX_BYTES + body.byteLength);
  new DataView(message.buffer).setUint32(0, body.byteLength, false);
  message.set(body, PREFIX_BYTES);
  return message;
}

/** Cuts a stream of chunks into message bodies. Holds at most one incomplete message. */
export class MessageReader {
  #chunks: Uint8Array[] = [];
  #bytes = 0;
  readonly #limit: number;

  /** @param limit longest accepted body, bytes */
  constructor(limit: number = MAX_MESSAGE_BYTES) {
    this.#limit = limit;
  }

  /**
   * Takes what arrived and gives every complete body.
   * @throws FramingError for a length of 0 or above the limit, before anything of the body is kept
   */
  push(chunk: Uint8Array): Uint8Array[] {
    this.#chunks.push(chunk);
    this.#bytes += chunk.byteLength;
    const bodies: Uint8Array[] = [];
    for (;;) {
      if (this.#bytes < PREFIX_BYTES) return bodies;
      const length = this.#length();
      if (length === 0) throw new FramingError('a message of length 0');
      if (length > this.#limit)
        throw new FramingError(`a message of ${length} bytes; at most ${this.#limit} are accepted`);
      if (this.#bytes < PREFIX_BYTES + length) return bodies;
      bodies.push(this.#take(PREFIX_BYTES + length).subarray(PREFIX_BYTES));
    }
  }

  /** Bytes that wait for the rest of their message. */
  get pendingBytes(): number {
    return this.#bytes;
  }

  #length(): number {
    let [first] = this.#chunks;
    if (!first || first.byteLength < PREFIX_BYTES) {
      first = this.#join();
      this.#chunks = [first];
    }
    return new DataView(first.buffer, first.byteOffset, first.byteLength).getUint32(0, false);
  }

  #take(count: number): Uint8Array {
    const all = this.#chunks.length === 1 && this.#chunks[0] ? this.#chunks[0] : this.#join();
    const rest = all.subarray(count);
    this.#chunks = rest.byteLength > 0 ? [rest] : [];
    this.#bytes = rest.byteLength;
    return all.subarray(0, count);
  }

  #join(): Uint8Array {
    const all = new Uint8Array(this.#bytes);
    let offset = 0;
    for (const chunk of this.#chunks) {
      all.set(chunk, offset);
      offset += chunk.byteLength;
    }
    return all;
  }
}
