import type { Run } from '../measure';
import { withCleanup } from '../lib/setup';
import { recordCpu } from './recordCpu';
import { recordKill } from './recordKill';

/** CPU of recording, and what a SIGKILL of everything costs. */
export function record(run: Run): Promise<void> {
  return withCleanup(run.signal, async (cleanup) => {
    await recordCpu(run, cleanup);
    await recordKill(run, cleanup);
  });
}
