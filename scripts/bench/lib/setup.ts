import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launchApp } from '../../../e2e/app';
import type { RunningApp } from '../../../e2e/app';
import type { Bridge } from '../../../e2e/support/bridge';
import { readRuntime } from '../../bootstrap/runtime.mjs';

/** Things that a suite started, ended in reverse order whatever happens. */
export class Cleanup {
  #steps: (() => Promise<unknown> | undefined)[] = [];

  add(step: () => Promise<unknown> | undefined): void {
    this.#steps.push(step);
  }

  async run(): Promise<void> {
    for (const step of this.#steps.splice(0).reverse()) {
      try {
        await step();
      } catch (error) {
        console.error('cleaning up:', error);
      }
    }
  }
}

/** Runs the work of a suite with a cleanup that happens on every way out, an abort included. */
export async function withCleanup(
  signal: AbortSignal,
  work: (cleanup: Cleanup) => Promise<void>,
): Promise<void> {
  const cleanup = new Cleanup();
  const aborted = new Promise<never>((_, reject) => {
    signal.throwIfAborted();
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  aborted.catch(() => undefined);
  try {
    await Promise.race([work(cleanup), aborted]);
  } finally {
    await cleanup.run();
  }
}

export async function temporaryFolder(cleanup: Cleanup, name: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), `vas-bench-${name}-`));
  cleanup.add(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export function ffmpegPath(): string {
  return readRuntime()?.ffmpeg.path ?? 'ffmpeg';
}

/** The application with a debugger attached, in a data folder that stays; quits with the cleanup. */
export async function launch(cleanup: Cleanup, dataDir: string): Promise<RunningApp> {
  const app = await launchApp({ dataDir, env: { VAS_LOG_LEVEL: 'info' } });
  cleanup.add(() => (app.ended ? undefined : app.close()));
  return app;
}

/** Adds a recording camera through the product's own channel and waits until it runs. @returns its id */
export async function addCamera(vas: Bridge, name: string, url: string): Promise<string> {
  const camera = { name, rtsp_url: url, transport: 'tcp', recording: true } as const;
  const device = await vas.command('devices.create', camera);
  await vas.whenStream(device.id, 'runs', (state) => state.phase === 'running');
  return device.id;
}
