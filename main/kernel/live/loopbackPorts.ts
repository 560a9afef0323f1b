import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { VasError } from '../../base/errors';

/** Everything of live view stays on this address (W-68). */
export const LOOPBACK = '127.0.0.1';

/** Below the range from which the system serves other programs (Linux: 32768 and up). */
const FIRST_PORT = 20_000;
const LAST_PORT = 32_766;
const MAX_TRIES = 200;

/**
 * Where the SFU takes its own ports: none that an FFmpeg was given, bound or not. What windows connect to, and what
 * workers pass to each other for them, lies apart: a worker that replaces a dead one must not take the port of a stream
 * before that has moved to it.
 */
export const SFU_PORTS = {
  windows: { min: 34_000, max: 39_999 },
  streams: { min: 40_000, max: 59_999 },
} as const;

/** Local UDP ports of an FFmpeg that sends RTP. */
export interface PortPair {
  /** Even. */
  readonly rtp: number;
  readonly rtcp: number;
}

/** Ports that nobody else is given until they are released. */
export interface HeldPorts extends PortPair {
  /** Harmless when it was called before. */
  release(): void;
}

/**
 * Holders of each pair that was given out, by its even port. Most pairs are bound now and then only: between the runs
 * of an FFmpeg, or while nobody watches, the system takes them for free.
 */
const holders = new Map<number, number>();

/** Keeps a pair from being given to somebody else, also beyond another holder's release. */
export function holdPorts({ rtp, rtcp }: PortPair): HeldPorts {
  holders.set(rtp, (holders.get(rtp) ?? 0) + 1);
  let held = true;
  return {
    rtp,
    rtcp,
    release() {
      if (!held) return;
      held = false;
      const left = (holders.get(rtp) ?? 1) - 1;
      if (left > 0) holders.set(rtp, left);
      else holders.delete(rtp);
    },
  };
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
 * A free even UDP port of the loopback address; the one above it is free as well. Nobody else here gets them until
 * they are released. Another program may take them before they are used: whoever binds them must cope.
 * @param draw an even port; for tests
 * @throws VasError unavailable when none was found
 */
export async function pickPortPair(draw: () => number = drawPort): Promise<HeldPorts> {
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    const rtp = draw();
    if (holders.has(rtp)) continue;
    const ports = holdPorts({ rtp, rtcp: rtp + 1 });
    if (await arePortsFree([ports.rtp, ports.rtcp])) return ports;
    ports.release();
  }
  throw new VasError(
    'unavailable',
    'No UDP port is free on this computer. Close other programs and try again.',
  );
}

const drawPort = (): number => randomInt(FIRST_PORT / 2, LAST_PORT / 2) * 2;
