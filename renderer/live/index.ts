import { bridge } from '../data/bridge';
import type { MeasuredLiveClient } from './liveClient';
import { createLiveClient as createFor } from './liveClient';

export type * from './types';

/** The live client of this window. @throws Error outside the application */
export function createLiveClient(): MeasuredLiveClient {
  return createFor(bridge());
}
