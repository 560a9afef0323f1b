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

  async all(folders: readonly StorageFolder[]): Promise<HealReport> {
    const total = { registered: 0, discarded: 0, quarantined: 0 };
    for (const folder of folders) {
      const found = await this.#heal(folder);
      for (const key of ['registered', 'discarded', 'quarantined'] as const) total[key] += found[key];
    }
    return total;
  }

  /** A folder that was missing at the start. The default one is always there, and healed at the start. */
  async late(folder: StorageFolder): Promise<void> {
    if (!folder.isDefault) await (this.#healed.get(folder) ?? this.#heal(folder));
  }

  #heal(folder: StorageFolder): Promise<HealReport> {
    const healing = healIncoming({ ...this.#context, root: folder.path });
    this.#healed.set(folder, healing);
    return healing;
  }
}
