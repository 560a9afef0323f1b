import type { Bridge } from '../../../e2e/support/bridge';
import { until } from '../../../e2e/support/wait';
import type { ReplayServer } from '../../cameras/replay';
import { startReplayServer } from '../../cameras/replay';
import { CLIP_360P_FPS, clip360p } from './clips';
import type { Cleanup } from './setup';
import { ffmpegPath } from './setup';

/** Added at the same time; each is connected to once before it runs. */
const AT_ONCE = 8;
const PATIENCE_MS = 90_000;

/** Cameras with addresses of their own that all send the clip of `clip360p`. */
export async function startFleet(cleanup: Cleanup, count: number): Promise<ReplayServer> {
  const server = await startReplayServer(await clip360p(ffmpegPath()), CLIP_360P_FPS, count);
  cleanup.add(() => server.stop());
  return server;
}

/** Adds recording cameras through the product's own channel, and waits until they run. @returns their ids */
export async function openCameras(
  vas: Bridge,
  count: number,
  address: (n: number) => string,
  from = 0,
): Promise<string[]> {
  const ids: string[] = [];
  for (let at = from; at < from + count; at += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, from + count - at) }, (_, index) => at + index);
    const made = await Promise.all(
      numbers.map((n) =>
        vas.command('devices.create', {
          ...{ name: `Camera ${String(n + 1)}`, rtsp_url: address(n), transport: 'tcp', recording: true },
        }),
      ),
    );
    ids.push(...made.map(({ id }) => id));
    await whenAllRun(vas, ids);
  }
  return ids;
}

export async function reconnectsOf(vas: Bridge, ids: readonly string[]): Promise<number[]> {
  const states = await Promise.all(ids.map((id) => vas.streamState(id)));
  return states.map((state) => state?.reconnects ?? 0);
}

/**
 * @param known reconnects of each camera before: it must have one more
 * @throws Error that says in which state each camera was that did not run in time
 */
export async function whenAllRun(
  vas: Bridge,
  ids: readonly string[],
  known?: readonly number[],
): Promise<void> {
  let missing: string[] = [];
  const ask = async () => {
    const states = await Promise.all(ids.map((id) => vas.streamState(id)));
    missing = states.flatMap((state, index) => {
      const isBack = known === undefined || (state?.reconnects ?? 0) > (known[index] ?? 0);
      return state?.phase === 'running' && isBack ? [] : [`${String(index + 1)}: ${JSON.stringify(state)}`];
    });
    return missing.length === 0;
  };
  await until('every camera runs', ask, { timeoutMs: PATIENCE_MS, everyMs: 100 }).catch((error: unknown) => {
    throw new Error(`these cameras do not run:\n${missing.join('\n')}`, { cause: error });
  });
}
