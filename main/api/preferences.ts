import type { Preferences as Values, PreferenceName } from '../../contract/preferences';
import { PREFERENCE_BYTES, PREFERENCE_NAMES, preferences } from '../../contract/preferences';
import { callerNow } from '../base/caller';
import type { Clock } from '../base/clock';
import type { Disposable } from '../base/disposable';
import { VasError, messageOf } from '../base/errors';
import type { Logger } from '../base/logger';
import type { Store } from '../store/types';

type Push = (value: Values) => void;

/** What the application keeps for the user who works at it, in the store's settings. */
export interface Preferences extends Disposable {
  get(): Promise<Values>;
  /** @throws VasError invalid when one of them is too large */
  set(patch: Values): Promise<Values>;
  /** Tells every window, after somebody else has changed the store. */
  reload(): Promise<void>;
  /** Pushes all preferences at once and after each change; returns how to stop. */
  subscribe(push: Push): () => void;
}

export function createPreferences(store: Store, clock: Clock, log: Logger): Preferences {
  const listeners = new Set<Push>();
  const keyOf = async (name: PreferenceName) =>
    `user.${(callerNow() ?? (await store.read.localUser())).id}.${name}`;

  const readOne = async (name: PreferenceName): Promise<unknown> => {
    const stored = await store.read.getSetting(await keyOf(name));
    if (stored === null) return undefined;
    try {
      return preferences.shape[name].parse(JSON.parse(stored));
    } catch (error) {
      // Written by another version: the user gets the default and can set it anew.
      log.warn({ preference: name, reason: messageOf(error) }, 'a preference cannot be read');
      return undefined;
    }
  };
  const get = async (): Promise<Values> => {
    const pairs = await Promise.all(
      PREFERENCE_NAMES.map(async (name) => [name, await readOne(name)] as const),
    );
    return Object.fromEntries(pairs.filter(([, value]) => value !== undefined)) as Values;
  };

  return {
    get,
    async set(patch) {
      const given = PREFERENCE_NAMES.filter((name) => patch[name] !== undefined).map(
        (name) => [name, JSON.stringify(patch[name])] as const,
      );
      for (const [name, json] of given)
        if (Buffer.byteLength(json) > PREFERENCE_BYTES)
          throw new VasError('invalid', 'There is too much in this preference. Keep less in it.', {
            details: { preference: name, most_bytes: PREFERENCE_BYTES },
          });
      for (const [name, json] of given) await store.write.setSetting(await keyOf(name), json, clock.wallUs());
      const values = await get();
      for (const push of [...listeners]) push(values);
      return values;
    },
    async reload() {
      const values = await get();
      for (const push of [...listeners]) push(values);
    },
    subscribe(push) {
      listeners.add(push);
      get().then(
        (values) => {
          if (listeners.has(push)) push(values);
        },
        (error: unknown) => log.warn({ reason: messageOf(error) }, 'preferences cannot be read'),
      );
      return () => void listeners.delete(push);
    },
    dispose: () => listeners.clear(),
  };
}
