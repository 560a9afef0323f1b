import { VasError } from '../../../base/errors';

/** A box inside a buffer: `body` up to `end` is its content. */
export interface Box {
  readonly type: string;
  readonly start: number;
  readonly body: number;
  readonly end: number;
}

const TYPE = /^[\x20-\x7e\xa9]{4}$/;

export interface BoxHeader {
  readonly type: string;
  /** Bytes of the header: 8 or 16. */
  readonly header: number;
  /** Bytes of the whole box; 0 when it reaches to the end of the file. */
  readonly size: number;
}

/**
 * Reads a box header.
 * @param bytes at least 8 bytes; 16 where the file has them
 * @returns null when these bytes are not a box header
 */
export function readBoxHeader(bytes: Buffer): BoxHeader | null {
  if (bytes.length < 8) return null;
  const type = bytes.toString('latin1', 4, 8);
  if (!TYPE.test(type)) return null;
  const short = bytes.readUInt32BE(0);
  if (short !== 1) return short === 0 || short >= 8 ? { type, header: 8, size: short } : null;
  if (bytes.length < 16) return null;
  const size = Number(bytes.readBigUInt64BE(8));
  return size >= 16 && Number.isSafeInteger(size) ? { type, header: 16, size } : null;
}

/** The boxes that fill `buffer` from `from` to `to`. @throws VasError invalid when they do not */
export function childBoxes(buffer: Buffer, from: number, to: number): Box[] {
  const boxes: Box[] = [];
  let at = from;
  while (at < to) {
    const header = readBoxHeader(buffer.subarray(at, Math.min(at + 16, to)));
    const size = header?.size === 0 ? to - at : (header?.size ?? 0);
    if (!header || size < header.header || at + size > to)
      throw new VasError('invalid', 'The file is damaged: a box does not fit into its parent.');
    boxes.push({ type: header.type, start: at, body: at + header.header, end: at + size });
    at += size;
  }
  return boxes;
}

/** The first box of a type. @throws VasError invalid when there is none */
export function requireBox(boxes: readonly Box[], type: string): Box {
  const box = boxes.find((candidate) => candidate.type === type);
  if (!box) throw new VasError('invalid', `The file is damaged: it has no ${type.trim()} box.`);
  return box;
}

/** Reads numbers from one box and never beyond it. */
export class BoxReader {
  readonly #buffer: Buffer;
  readonly #end: number;
  #at: number;

  constructor(buffer: Buffer, box: Box) {
    this.#buffer = buffer;
    this.#at = box.body;
    this.#end = box.end;
  }

  get remaining(): number {
    return this.#end - this.#at;
  }

  skip(bytes: number): void {
    this.#take(bytes);
  }

  u8(): number {
    return this.#buffer.readUInt8(this.#take(1));
  }

  u16(): number {
    return this.#buffer.readUInt16BE(this.#take(2));
  }

  u32(): number {
    return this.#buffer.readUInt32BE(this.#take(4));
  }

  i32(): number {
    return this.#buffer.readInt32BE(this.#take(4));
  }

  /** @throws VasError invalid when the number is above 2^53-1 */
  u64(): number {
    return safe(this.#buffer.readBigUInt64BE(this.#take(8)));
  }

  i64(): number {
    return safe(this.#buffer.readBigInt64BE(this.#take(8)));
  }

  /** Version and flags of a full box. */
  versionAndFlags(): { version: number; flags: number } {
    const word = this.u32();
    return { version: word >>> 24, flags: word & 0xffffff };
  }

  text(bytes: number): string {
    const at = this.#take(bytes);
    return this.#buffer.toString('latin1', at, at + bytes);
  }

  #take(bytes: number): number {
    const at = this.#at;
    if (at + bytes > this.#end) throw new VasError('invalid', 'The file is damaged: a box is too short.');
    this.#at += bytes;
    return at;
  }
}

function safe(number: bigint): number {
  const value = Number(number);
  if (!Number.isSafeInteger(value))
    throw new VasError('invalid', 'The file is damaged: a number is too large.');
  return value;
}
