import { withCleanup } from '../lib/setup';
import type { Run } from '../measure';
import { tapLost } from './tapLost';
import { tapRate } from './tapRate';

/** The tap: how fast pictures come through it, and that video loses nothing whatever happens to the decoder. */
export async function tap(run: Run): Promise<void> {
  await withCleanup(run.signal, (cleanup) => tapRate(run, cleanup));
  await withCleanup(run.signal, (cleanup) => tapLost(run, cleanup));
}
