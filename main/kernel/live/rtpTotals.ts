import type { types } from 'mediasoup';
import type { Clock } from '../../base/clock';
import { within } from './within';

/** A worker that takes longer is asked again next time, milliseconds. */
const PATIENCE_MS = 1_000;

export interface RtpTotals {
  readonly bytes: number;
  readonly packets: number;
  readonly lost: number;
}

/** Sums what the workers know of their producers or consumers. */
export async function totalsOf(
  clock: Clock,
  ends: readonly (types.Producer | types.Consumer)[],
): Promise<RtpTotals> {
  const total = { bytes: 0, packets: 0, lost: 0 };
  await Promise.all(
    ends.map(async (end) => {
      try {
        const stats = await within(clock, PATIENCE_MS, 'no answer', end.getStats());
        for (const one of stats) {
          // A consumer also tells of the producer behind it.
          if ('kind' in end && isConsumer(end) && one.type !== 'outbound-rtp') continue;
          total.bytes += one.byteCount;
          total.packets += one.packetCount;
          total.lost += one.packetsLost;
        }
      } catch {
        // It has just ended, or its worker has.
      }
    }),
  );
  return total;
}

function isConsumer(end: types.Producer | types.Consumer): end is types.Consumer {
  return 'producerId' in end;
}
