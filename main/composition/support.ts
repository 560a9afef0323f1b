import path from 'node:path';
import type { AiPath } from '../ai/aiPath';
import type { Health } from '../health/health';
import type { Observability } from '../health/observability';
import { Credentials } from '../kernel/cameras/credentials';
import type { Kernel } from '../kernel/kernel';
import { supportDocuments } from '../support/documents';
import { knownSecrets } from '../support/secrets';
import { SupportBundles } from '../support/supportBundle';
import { componentVersions } from '../support/versions';
import type { Ground } from './ground';

/** Support bundles: what is in one, and which secrets must not be. */
export function createSupport(
  { options, store, clock, owned }: Ground,
  {
    kernel,
    ai,
    health,
    observability,
  }: { kernel: Kernel; ai: AiPath; health: Health; observability: Observability },
): SupportBundles {
  const { dataDir, programs, vault, log } = options;
  const passwords = new Credentials(vault, store.read);
  const nowUs = () => clock.wallUs();
  return owned.add(
    new SupportBundles({
      documents: () =>
        supportDocuments({
          ...{ store, health, observability, nowUs },
          versions: () => componentVersions(kernel, store, options.versions),
          models: () => ai.containers?.list() ?? [],
          keyStore: () => ({ backend: vault.backend(), protection: vault.protection() }),
          facts: { dataDir, programs, environment: process.env },
        }),
      secrets: () =>
        knownSecrets({
          ...{ store, environment: process.env },
          password: (deviceId) => passwords.open(deviceId),
        }),
      dialogs: options.dialogs,
      logFolder: path.join(dataDir, 'logs'),
      workerPath: path.join(options.workersDir, 'support.worker.cjs'),
      nowUs,
      log,
    }),
  );
}
