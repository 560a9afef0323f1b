import type { StreamCondition } from '../../../data/streamCondition';
import type { Role } from '../../../data/StreamStore';

/** What is seen of the sub-stream while the main stream runs; `unseen` when that tells nothing about it. */
export type SubSight = 'running' | 'unsteady' | 'missing' | 'unseen';

/**
 * Whether a tile may count on the sub-stream. doubted: it is missing. given-up: the main stream stands for it. tried:
 * it is asked for again behind the main stream, and the first sign of trouble ends that.
 */
export type SubTrust = 'trusted' | 'doubted' | 'given-up' | 'tried';

/**
 * How long some of them last, milliseconds. After an outage the sub-stream is fetched up to 5 s later than the main
 * stream.
 */
export const LASTS_MS: Readonly<Partial<Record<SubTrust, number>>> = { doubted: 6_000, 'given-up': 60_000 };

/** @param condition of the stream that the tile wants */
export function sightOf(role: Role, condition: StreamCondition, mainRuns: boolean): SubSight {
  if (role !== 'sub') return 'unseen';
  if (condition.kind === 'running') return 'running';
  if (!mainRuns) return 'unseen';
  if (condition.kind === 'offline') return 'missing';
  return condition.kind === 'reconnecting' ? 'unsteady' : 'unseen';
}

export function trustAtSight(trust: SubTrust, sight: SubSight): SubTrust {
  switch (trust) {
    case 'trusted':
    case 'doubted':
      return sight === 'missing' ? 'doubted' : 'trusted';
    case 'given-up':
      return 'given-up';
    case 'tried':
      if (sight === 'running') return 'trusted';
      return sight === 'unseen' ? 'tried' : 'given-up';
  }
}

/** When it has lasted as long as it may. */
export function trustInTime(trust: SubTrust): SubTrust {
  if (trust === 'doubted') return 'given-up';
  return trust === 'given-up' ? 'tried' : trust;
}
