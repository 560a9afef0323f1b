import { messageOf } from '../../../base/errors';
import type { HealContext, HealReport } from '../heal';
import { healIncoming } from '../heal';
import type { StorageFolder } from './storageFolders';

/** Heals each folder once, before anything new is written beside what an unclean end left behind. */
export class Healing {
  readonly #context: Omit<HealContext, 'root'>;
  readonly #healed = new Map<StorageFolder, Promise<HealReport>>();

  constructor(context: Omit<HealContext, 'root'>) {
    this.#context = context;
  }

  /** What was found in those that were not healed before; a folder that cannot be healed keeps no other from it. */
  async all(folders: readonly StorageFolder[]): Promise<HealReport> {
    const total = { registered: 0, discarded: 0, quarantined: 0 };
    for (const folder of folders) {
      if (this.#healed.has(folder)) continue;
      try {
        const found = await this.#heal(folder);
        for (const key of ['registered', 'discarded', 'quarantined'] as const) total[key] += found[key];
      } catch (error) {
        this.#context.log.error(
          { folder: folder.path, reason: messageOf(error) },
          'a folder could not be healed; it is tried again before anything is written there',
        );
      }
    }
    return total;
  }

  /**
   * To be awaited before anything is written into a folder: it may have been missing at the start, or be still at it.
   * @throws VasError when that is not possible now; the next call tries again
   */
  async late(folder: StorageFolder): Promise<void> {
    await (this.#healed.get(folder) ?? this.#heal(folder));
  }

  #heal(folder: StorageFolder): Promise<HealReport> {
    const healing = healIncoming({ ...this.#context, root: folder.path });
    this.#healed.set(folder, healing);
    healing.catch(() => this.#healed.delete(folder));
    return healing;
  }
}
