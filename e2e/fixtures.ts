import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base, expect } from '@playwright/test';
import type { TestInfo } from '@playwright/test';
import { startDisplay } from '../scripts/bootstrap/display.mjs';
import type { CameraServer } from '../scripts/cameras/camera';
import { startCameraServer } from '../scripts/cameras/camera';
import type { LaunchOptions, RunningApp } from './app';
import { launchApp } from './app';

export { expect };

interface TestFixtures {
  /** GStreamer's RTSP server without cameras. Name it before `launch`, so that it outlives the application. */
  server: CameraServer;
  /** A data folder for tests that start the application more than once. Name it before `launch`. */
  dataDir: string;
  /** Starts the application; what the test did not close is closed and checked afterwards. */
  launch: (options?: LaunchOptions) => Promise<RunningApp>;
}

interface WorkerFixtures {
  /** A display of its own for each worker beyond the first: focus and windows are the display's. */
  ownDisplay: undefined;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  ownDisplay: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the needed fixtures from the pattern
    async ({}, use, { parallelIndex }) => {
      if (parallelIndex === 0) return use(undefined);
      const display = await startDisplay();
      Object.assign(process.env, display.env);
      await use(undefined);
      display.stop();
    },
    { scope: 'worker', auto: true },
  ],
  // eslint-disable-next-line no-empty-pattern -- as above
  server: async ({}, use) => {
    const server = await startCameraServer();
    await use(server);
    await server.stop();
  },
  // eslint-disable-next-line no-empty-pattern -- as above
  dataDir: async ({}, use) => {
    const folder = await temporaryDataDir();
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  // eslint-disable-next-line no-empty-pattern -- as above
  launch: async ({}, use, testInfo) => {
    const running: RunningApp[] = [];
    await use(async (options) => {
      const app = await launchApp(options);
      running.push(app);
      return app;
    });
    for (const app of running.reverse()) await finish(app, testInfo);
  },
});

/** Ends an application that still runs and fails the test on everything that went wrong in it. */
export async function finish(app: RunningApp, testInfo: TestInfo): Promise<void> {
  let failure: unknown = null;
  try {
    if (!app.ended) await app.close();
  } catch (error) {
    failure = error;
  }
  const problems = app.problems.list;
  if (failure !== null || problems.length > 0 || testInfo.status !== testInfo.expectedStatus)
    await testInfo.attach('application output', { body: app.output.join('\n'), contentType: 'text/plain' });
  app.discardData();
  if (failure !== null) throw failure;
  expect(problems, 'complaints of the application').toEqual([]);
}

/** Notes a measurement with the running test's result and prints it. */
export function measured(what: string, milliseconds: number): void {
  observed(`${what}: ${String(Math.round(milliseconds))} ms`);
}

/** Notes what was seen with the running test's result and prints it. */
export function observed(description: string): void {
  test.info().annotations.push({ type: 'observed', description });
  console.log(`    ${description}`);
}

/** A data folder for tests that start the application more than once; the caller removes it. */
export function temporaryDataDir(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), 'vas-e2e-'));
}
