import type { Run } from '../measure';
import { withCleanup } from '../lib/setup';
import { recordCpu } from './recordCpu';
import { recordKill } from './recordKill';
import { recordPreview } from './recordPreview';
import { recordSeek } from './recordSeek';

/** CPU of recording and of its previews, what a SIGKILL of everything costs, and jumps in a large archive. */
export function record(run: Run): Promise<void> {
  return withCleanup(run.signal, async (cleanup) => {
    await recordCpu(run, cleanup);
    await recordKill(run, cleanup);
    await recordPreview(run, cleanup);
    await recordSeek(run, cleanup);
  });
}
