import type { Clock } from '../base/clock';
import type { Caller } from '../base/caller';
import { callerNow } from '../base/caller';
import type { Disposable } from '../base/disposable';
import { Emitter } from '../base/emitter';
import { messageOf } from '../base/errors';
import type { Logger } from '../base/logger';
import type { NewAuditEntry, Store } from '../store/types';

/** Something that was done, or was not. */
export interface AuditNote {
  /** What: the name of the channel where there is one, such as `devices.delete`. */
  readonly action: string;
  readonly object?: { readonly kind: string; readonly id: string | null };
  /** Ids of the cameras concerned. */
  readonly cameras?: readonly string[];
  /** Facts for people, as JSON has them. Never a secret. */
  readonly detail?: Readonly<Record<string, unknown>>;
  /** Default: done. */
  readonly outcome?: 'done' | 'refused' | 'failed';
  /** Default: who called; null without a user. */
  readonly by?: { readonly id: string | null; readonly name: string };
}

/** Who the application is when it does something by itself. */
export const APPLICATION: { readonly id: null; readonly name: string } = {
  id: null,
  name: 'VAS Workstation',
};

/** Adds to the log of who did what. Entries can be added only, and each carries the hash of the one before. */
export class Audit implements Disposable {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #added = new Emitter<void>();
  #pending: NewAuditEntry[] = [];
  #writing: Promise<void> | null = null;

  constructor(store: Store, clock: Clock, log: Logger) {
    this.#store = store;
    this.#clock = clock;
    this.#log = log.child({ part: 'audit' });
  }

  /**
   * Resolves when the entry is on the disk (synchronous FULL). It never rejects: an entry that cannot be kept is
   * told in the application's log, since what it speaks of has happened already.
   */
  record(note: AuditNote): Promise<void> {
    const by: { id: string | null; name: string } =
      note.by ?? (callerNow() satisfies Caller | null) ?? APPLICATION;
    this.#pending.push({
      timeUs: this.#clock.wallUs(),
      userId: by.id,
      userName: by.name.slice(0, 255),
      action: note.action,
      objectKind: note.object?.kind ?? null,
      objectId: note.object?.id ?? null,
      cameras: [...new Set(note.cameras ?? [])].sort(),
      detail: note.detail ?? {},
      outcome: note.outcome ?? 'done',
    });
    return this.#flush();
  }

  /** Called after entries were added. */
  onAdded(listener: () => void): Disposable {
    return this.#added.on(listener);
  }

  /** Resolves when what was recorded is on the disk. */
  async dispose(): Promise<void> {
    await this.#flush();
  }

  /** Entries that come while the disk is busy are written together, in one transaction. */
  async #flush(): Promise<void> {
    while (this.#pending.length > 0 || this.#writing !== null) {
      this.#writing ??= this.#write().finally(() => (this.#writing = null));
      await this.#writing;
    }
  }

  async #write(): Promise<void> {
    const entries = this.#pending;
    this.#pending = [];
    try {
      await this.#store.write.appendAudit(entries);
      this.#added.emit();
    } catch (error) {
      this.#log.error({ reason: messageOf(error), entries }, 'audit entries cannot be kept');
    }
  }
}
