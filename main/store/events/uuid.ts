import { randomBytes } from 'node:crypto';

/** A UUID of version 7 (RFC 9562): 48 bits of milliseconds, then chance; ids then ascend with time. */
export function uuid7(nowUs: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Math.floor(nowUs / 1000), 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return dashed(bytes.toString('hex'));
}

/** The 16 bytes of a UUID; null when the text is none. */
export function bytesOf(uuid: string): Buffer | null {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid)
    ? Buffer.from(uuid.replaceAll('-', ''), 'hex')
    : null;
}

/** The text of a UUID given as 32 digits. */
export function dashed(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
