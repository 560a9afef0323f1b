import { bridge } from '../data/bridge';
import type { LiveClient } from './types';
import { createLiveClient as createFor } from './liveClient';

export type * from './types';

/** The live client of this window. @throws Error outside the application */
export function createLiveClient(): LiveClient {
  return createFor(bridge());
}
