import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { VasError } from '../../base/errors';

/** Everything of live view stays on this address (W-68). */
export const LOOPBACK = '127.0.0.1';

/** Below the range from which the system serves other programs (Linux: 32768 and up). */
const FIRST_PORT = 20_000;
const LAST_PORT = 32_766;
const MAX_TRIES = 200;

/** Local UDP ports of an FFmpeg that sends RTP. */
export interface PortPair {
  /** Even. */
  readonly rtp: number;
  readonly rtcp: number;
}

/** Whether nobody holds the UDP port on loopback now: it is bound and let go again. */
async function isFree(port: number): Promise<boolean> {
  const socket = createSocket('udp4');
  const bound = await new Promise<boolean>((resolve) => {
    socket.once('error', () => resolve(false));
    socket.bind({ port, address: LOOPBACK, exclusive: true }, () => resolve(true));
  });
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return bound;
}

export async function arePortsFree(ports: readonly number[]): Promise<boolean> {
  for (const port of ports) if (!(await isFree(port))) return false;
  return true;
}

/**
 * A free even UDP port of the loopback address; the one above it is free as well. Somebody may take them
 * before they are used: whoever binds them must cope.
 * @throws VasError unavailable when none was found
 */
export async function pickPortPair(): Promise<PortPair> {
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    const rtp = randomInt(FIRST_PORT / 2, LAST_PORT / 2) * 2;
    if (await arePortsFree([rtp, rtp + 1])) return { rtp, rtcp: rtp + 1 };
  }
  throw new VasError(
    'unavailable',
    'No UDP port is free on this computer. Close other programs and try again.',
  );
}
