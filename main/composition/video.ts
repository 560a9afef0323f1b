import os from 'node:os';
import { messageOf } from '../base/errors';
import type { Kernel } from '../kernel/kernel';
import { createKernel } from '../kernel/kernel';
import { frameCapacity } from '../settings/frameExport';
import { changesRetention, retentionOf } from '../settings/retention';
import type { Ground } from './ground';

/**
 * The kernel, and what of it follows the settings.
 * @param isRestoring a backup of the configuration is being brought back
 */
export async function createVideo(
  { options, store, settings, clock, owned }: Ground,
  isRestoring: () => boolean,
): Promise<Kernel> {
  const kernel: Kernel = owned.add(
    await createKernel({
      ...{ ...options, store, clock, cores: os.availableParallelism() },
      retention: retentionOf(settings.current()),
      frameExport: settings.frameExport().running ? { capacity: frameCapacity(process.env) } : null,
    }),
  );
  owned.add(
    settings.onChanged(({ before, after }) => {
      kernel.recording.folders.setFallback(after.storage_fallback);
      kernel.previews.setEnabled(after.scrub_previews);
      if (!changesRetention(before, after)) return;
      // The form asks before it saves; what a backup brings has been seen by nobody.
      kernel.recording.setRetention(retentionOf(after), !isRestoring());
      kernel.recording
        .sweep()
        .catch((error: unknown) => options.log.error({ reason: messageOf(error) }, 'retention failed'));
    }),
  );
  kernel.recording.folders.setFallback(settings.current().storage_fallback);
  kernel.previews.setEnabled(settings.current().scrub_previews);
  return kernel;
}
