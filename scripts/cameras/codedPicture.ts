/** Numbers of pictures begin anew after so many. */
export const CODED_NUMBERS = 3600;

/** What one picture of scripts/cameras/coded_clock.py says about itself. */
export interface CodedPicture {
  /** System wall clock at which it was painted, milliseconds since the Unix epoch. */
  readonly madeAtMs: number;
  /** Its number modulo CODED_NUMBERS; number modulo GOP length is 0 in key frames. */
  readonly number: number;
}

/** How many squares of a row, and how many rows, make the code. */
export const CODE_COLUMNS = 32;
export const CODE_ROWS = 2;

/**
 * Reads the code from the brightness of its 64 squares, row by row.
 * @param brightness 64 values from 0 (black) to 255 (white)
 * @returns null when the check sum is wrong: not a coded picture, or not a whole one
 */
export function decodePicture(brightness: ArrayLike<number>): CodedPicture | null {
  const bytes: number[] = [];
  for (let index = 0; index < 8; index++) {
    let byte = 0;
    for (let bit = 0; bit < 8; bit++) byte = (byte << 1) | ((brightness[index * 8 + bit] ?? 0) > 127 ? 1 : 0);
    bytes.push(byte);
  }
  const sum = bytes.pop();
  if (bytes.length !== 7 || crc8(bytes) !== sum) return null;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0] = bytes;
  const madeAtMs = ((a << 8) | b) * 2 ** 28 + c * 2 ** 20 + d * 2 ** 12 + e * 2 ** 4 + (f >> 4);
  return madeAtMs === 0 ? null : { madeAtMs, number: ((f & 15) << 8) | g };
}

/** CRC-8, polynomial 0x07. */
export function crc8(bytes: readonly number[]): number {
  let value = 0;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++)
      value = value & 0x80 ? ((value << 1) ^ 0x07) & 0xff : (value << 1) & 0xff;
  }
  return value;
}
