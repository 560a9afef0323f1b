import type { Clock } from '../base/clock';
import { messageOf } from '../base/errors';
import type { Logger } from '../base/logger';
import { within } from './live/within';

/** Cameras wait this long for what an unclean end left behind, milliseconds. */
const PATIENCE_MS = 20_000;
const TAKES_LONG = 'It takes long; the cameras start meanwhile.';

/** Puts right what an unclean end of the application left behind. */
interface Healer {
  heal(): Promise<unknown>;
}

/**
 * Heals everything at once. What fails keeps nothing else from being healed, and what takes long, on a disk that
 * hangs for example, goes on beside what follows: recordings go into a folder only after it was healed.
 * @param healers by the name of their part
 */
export async function healAll(
  healers: Readonly<Record<string, Healer>>,
  clock: Clock,
  log: Logger,
): Promise<void> {
  const heal = async ([part, healer]: [string, Healer]): Promise<void> => {
    try {
      const found = await within(clock, PATIENCE_MS, TAKES_LONG, healer.heal());
      log.info({ part, found }, 'what the last run left behind was examined');
    } catch (error) {
      log.error({ part, reason: messageOf(error) }, 'what the last run left behind could not be put right');
    }
  };
  await Promise.all(Object.entries(healers).map(heal));
}
