import type { Clock, Timer } from '../../base/clock';
import { VasError } from '../../base/errors';

/** `work`, but at most `limitMs` milliseconds of waiting. @throws VasError timeout with `message` */
export async function within<T>(
  clock: Clock,
  limitMs: number,
  message: string,
  work: Promise<T>,
): Promise<T> {
  let limit: Timer | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    limit = clock.after(limitMs, () => reject(new VasError('timeout', message)));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    limit?.cancel();
  }
}
