import { messageOf, VasError } from '../../../base/errors';
import type { MediaWorker } from '../../media/mediaWorker';
import type { Files } from '../../media/worker/files';
import { usingFiles } from '../../media/worker/files';
import { mediaOperations } from '../../media/worker/operations';
import { Crash } from './faultyDisk';

/** The media worker's operations on a file system of a test; errors arrive as from the real worker. */
export function inProcessWorker(files: Files): MediaWorker {
  return {
    async run(operation, ...args) {
      await Promise.resolve();
      const work = mediaOperations[operation] as (...values: readonly unknown[]) => never;
      try {
        return usingFiles(files, () => work(...args));
      } catch (error) {
        if (error instanceof VasError || error instanceof Crash) throw error;
        const code = (error as NodeJS.ErrnoException).code ?? null;
        const kind = code === 'ENOENT' ? 'not_found' : code === null ? 'internal' : 'unavailable';
        throw new VasError(kind, messageOf(error), { details: { code } });
      }
    },
    dispose: () => Promise.resolve(),
  };
}
