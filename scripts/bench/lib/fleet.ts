import { spawn } from 'node:child_process';
import type { Bridge } from '../../../e2e/support/bridge';
import { until } from '../../../e2e/support/wait';
import type { CameraServer } from '../../cameras/camera';
import { startCameraServer } from '../../cameras/camera';
import { endChild } from '../../cameras/process';
import { footageFleet } from '../../cameras/senders';
import type { Cleanup } from './setup';

/** Added at the same time; each is connected to once before it runs. */
const AT_ONCE = 8;
const PATIENCE_MS = 90_000;

/** Cameras with addresses of their own that all send the same clip. */
export async function startFleet(
  cleanup: Cleanup,
  clip: string,
  count: number,
): Promise<{ readonly server: CameraServer; readonly pids: readonly number[] }> {
  const server = await startCameraServer();
  cleanup.add(() => server.stop());
  const footage = await footageFleet(clip, count);
  cleanup.add(() => footage.stop());
  for (const [n, launch] of footage.launches.entries())
    await server.mount({ path: `/c${String(n)}`, launch, protocols: ['tcp'] });
  return { server, pids: [server.pid, footage.pid] };
}

/**
 * Watches cameras all the time from one FFmpeg that throws everything away. The test server makes a camera's pipeline
 * with its first viewer, waits for a key frame, one camera after the other, and ends it with the last viewer; a real
 * camera runs whoever watches. Resolves when all of them run.
 */
export async function keepWatched(cleanup: Cleanup, ffmpeg: string, urls: readonly string[]): Promise<void> {
  const quick = ['-analyzeduration', '0', '-probesize', '32', '-fpsprobesize', '0'];
  const child = spawn(
    ffmpeg,
    [
      ...['-nostdin', '-v', 'error', '-progress', 'pipe:1'],
      ...urls.flatMap((url) => ['-rtsp_transport', 'tcp', ...quick, '-i', url]),
      ...urls.flatMap((_, index) => ['-map', `${String(index)}:v:0`]),
      ...['-c', 'copy', '-f', 'null', '-'],
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  cleanup.add(() => endChild(child, 1000));
  let hasBegun = false;
  child.stdout.on('data', () => (hasBegun = true));
  // Errors show as a wait that is never over.
  child.on('error', () => undefined);
  await until('all cameras are watched', () => hasBegun, { timeoutMs: PATIENCE_MS });
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
