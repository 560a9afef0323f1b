import type { Clock } from '../base/clock';
import type { Disposable } from '../base/disposable';
import { messageOf } from '../base/errors';
import type { Logger } from '../base/logger';
import { ANCHOR_ACTION, headsNow } from '../kernel/recording/check/anchors';
import type { Recording } from '../kernel/recording/recording';
import type { Store } from '../store/types';
import type { Audit } from './audit';
import { APPLICATION } from './audit';

/** The ends of the chains are noted this often at most, microseconds, with the segment that comes next. */
const PERIOD_US = 3_600_000_000;

export interface ChainAnchorsOptions {
  readonly recording: Pick<Recording, 'onRegistered'>;
  readonly store: Pick<Store, 'read'>;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Notes in the audit log where each camera's chain ends: whoever takes the newest segments away, with their rows and
 * the end on record, is found out (AR-8). At the start, with recording by the hour, and at the end.
 */
export class ChainAnchors implements Disposable {
  readonly #options: ChainAnchorsOptions;
  readonly #listening: Disposable;
  #notedUs: number | null = null;
  #noted = '';

  constructor(options: ChainAnchorsOptions) {
    this.#options = options;
    this.#listening = options.recording.onRegistered(() => {
      const now = options.clock.monotonicUs();
      if (this.#notedUs !== null && now - this.#notedUs < PERIOD_US) return;
      void this.note();
    });
  }

  /** Nothing is written while the chains are as they were. */
  async note(): Promise<void> {
    const { store, audit, clock, log } = this.#options;
    this.#notedUs = clock.monotonicUs();
    try {
      const heads = await headsNow(store.read);
      const text = JSON.stringify(heads);
      if (text === this.#noted || Object.keys(heads).length === 0) return;
      this.#noted = text;
      await audit.record({ action: ANCHOR_ACTION, detail: { heads }, by: APPLICATION });
    } catch (error) {
      log.warn({ reason: messageOf(error) }, 'the ends of the chains could not be noted');
    }
  }

  async dispose(): Promise<void> {
    await this.#listening.dispose();
    await this.note();
  }
}
