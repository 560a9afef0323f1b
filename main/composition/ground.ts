import type { Audit } from '../audit/audit';
import type { Clock } from '../base/clock';
import type { DisposableStore } from '../base/disposable';
import type { Settings } from '../settings/settings';
import type { Store } from '../store/types';
import type { ApplicationOptions } from './options';

/** What every part of the application stands on. */
export interface Ground {
  readonly options: ApplicationOptions;
  readonly store: Store;
  readonly audit: Audit;
  readonly settings: Settings;
  readonly clock: Clock;
  /** Disposes in reverse order: a part adds what it makes in the order in which it makes it. */
  readonly owned: DisposableStore;
}
