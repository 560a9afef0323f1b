import { mkdir, stat } from 'node:fs/promises';
import { VasError, messageOf } from '../base/errors';
import type { Logger } from '../base/logger';

/**
 * Makes the data folder, 0700 when it is new. One that exists keeps the permissions its owner chose, with a
 * warning when others can enter it: tightening a shared folder could lock others out of it.
 * @throws VasError unavailable when it cannot be made
 */
export async function ensureDataFolder(dataDir: string, log: Logger): Promise<void> {
  try {
    const created = await mkdir(dataDir, { recursive: true, mode: 0o700 });
    if (created === undefined && process.platform !== 'win32' && ((await stat(dataDir)).mode & 0o077) !== 0)
      log.warn({ dataDir }, 'Other users of this computer can enter the data folder');
  } catch (error) {
    throw new VasError(
      'unavailable',
      `The data folder ${dataDir} cannot be made (${messageOf(error)}). Choose another one with VAS_DATA_DIR.`,
      { cause: error },
    );
  }
}
