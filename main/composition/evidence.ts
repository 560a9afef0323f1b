import path from 'node:path';
import { Evidence } from '../evidence/evidence';
import { Journal } from '../evidence/journal';
import { SigningKey } from '../evidence/signingKey';
import type { Kernel } from '../kernel/kernel';
import { createMediaWorker } from '../kernel/media/mediaWorker';
import type { WorkstationSession } from '../users/workstationSession';
import type { Ground } from './ground';

/** Evidence packages and the key that signs them. */
export function createEvidence(
  { options, store, audit, clock, owned }: Ground,
  kernel: Kernel,
  session: WorkstationSession,
): { evidence: Evidence; signingKey: SigningKey } {
  const { dataDir, workersDir, log } = options;
  const signingKey = new SigningKey(store, options.vault, clock);
  const evidence = owned.add(
    new Evidence({
      footage: kernel.recording,
      // Its own, behind everything that is live: a package takes minutes.
      worker: owned.add(createMediaWorker(path.join(workersDir, 'media.worker.cjs'), log, true)),
      jobs: kernel.jobs,
      ...{ store, session, audit, log, clock, dialogs: options.dialogs },
      key: signingKey,
      journal: new Journal(path.join(dataDir, 'evidence')),
      application: `VAS Workstation ${options.versions.app}`,
      workersDir,
    }),
  );
  return { evidence, signingKey };
}
