import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import type { RunningApp } from './app';
import { expect, observed, test } from './fixtures';
import { EVENT_MODEL } from './support/eventRows';
import { healthOf } from './support/health';
import { inspectLooks } from './support/looks';
import type { People } from './support/people';
import { withPeople } from './support/people';
import { openScreen } from './support/screens';
import { Tile } from './support/tile';
import { until } from './support/wait';

/** Lets a model look, and waits until it answers. */
async function whenWatched({ app, watch }: People): Promise<void> {
  await watch();
  const isWatched = async () => {
    const { cameras, frames } = await healthOf(app);
    return (cameras[0]?.detection_fps ?? 0) > 0.5 && frames.published > 10;
  };
  await until('the model answers', isWatched, { timeoutMs: 120_000, everyMs: 1_000 });
}

/** Milliseconds that the slowest of some looks took. */
async function slowestLook(app: RunningApp, rounds: number): Promise<number> {
  let slowest = 0;
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    await app.vas.query('ai-observability.health', {});
    slowest = Math.max(slowest, performance.now() - began);
    await delay(100);
  }
  return slowest;
}

test('INV-93, INV-94: rings, decoders and containers are told as they are, a hung and a killed container too, and nobody repairs them', async ({
  server,
  launch,
}) => {
  test.setTimeout(300_000);
  await withPeople({ server, launch }, async (people) => {
    const { app, camera } = people;
    const { page, vas } = app;
    await whenWatched(people);
    const report = await healthOf(app);
    expect(report.frames).toMatchObject({
      is_running: true,
      decoders: [{ camera_id: camera.id, phase: 'running' }],
    });
    expect(report.frames.published).toBeGreaterThan(10);
    expect(report.frames.decoders[0]?.fps).toBeGreaterThan(1);
    const detector = report.detectors.find(({ model_id }) => model_id === EVENT_MODEL);
    expect(detector).toMatchObject({ state: 'ready', device: { actual: 'cpu' } });
    expect(detector?.answered).toBeGreaterThan(0);
    expect(detector?.inference_speed).toBeGreaterThan(1);
    expect(detector?.memory_bytes).toBeGreaterThan(10e6);

    // The same in the words of the reference.
    await until(
      'a sign of life',
      async () => (await vas.query('ai-observability.health', {})).status === 'healthy',
      { timeoutMs: 20_000 },
    );
    expect(await vas.query('ai-observability.health', {})).toMatchObject({
      ...{ camera_count: 1, model_count: 1 },
      cameras: [{ camera_id: camera.id, state: 'running', subscription_count: 1 }],
      models: [{ model_id: EVENT_MODEL, status: 'healthy' }],
    });
    // As its last heartbeat said, every 5 s.
    const { metrics } = await until(
      'the heartbeat counts requests',
      async () => {
        const found = await vas.query('ai-observability.model-health', { model_id: EVENT_MODEL });
        return found.metrics.total_requests > 0 ? found : null;
      },
      { timeoutMs: 30_000, everyMs: 500 },
    );
    expect(metrics.avg_latency_ms).toBeGreaterThan(0);
    const { subscriptions } = await vas.query('ai-observability.camera-metrics', { camera_id: camera.id });
    expect(subscriptions).toMatchObject([{ camera_id: camera.id, model_id: EVENT_MODEL, active: true }]);
    expect(subscriptions[0]?.dispatch_count).toBeGreaterThan(0);

    await openScreen(app, 'Health');
    const pane = page.getByTestId('health-pane');
    await page.getByTestId('health-area-frames').click();
    await expect(pane.getByRole('row', { name: /People/ })).toContainText('Running');
    await delay(12_000);
    await inspectLooks(app, 'health-frames');
    await page.getByTestId('health-area-models').click();
    await expect(pane.getByRole('row', { name: /NanoDet-g 416x256/ })).toContainText('Running');
    await inspectLooks(app, 'health-models');

    // A container that hangs holds nobody up.
    const pid = detector?.pid ?? 0;
    const ingest = await vas.pidOf('ingest', camera.id);
    process.kill(pid, 'SIGSTOP');
    try {
      const slowest = await slowestLook(app, 20);
      observed(`the slowest of 20 looks while the container hung: ${slowest.toFixed(0)} ms`);
      // Who waited for its answer would wait until it goes on, which is after these looks.
      expect(slowest).toBeLessThan(4_000);
      expect((await healthOf(app)).cameras[0]).toMatchObject({ phase: 'running', fault: null });
    } finally {
      process.kill(pid, 'SIGCONT');
    }

    // One that was killed is told, and stays as it is: looking at it starts nothing.
    app.problems.allow('the test kills the container', /model|container/i);
    process.kill(pid, 'SIGKILL');
    await until(
      'its end is told',
      async () => (await vas.query('ai-observability.health', {})).status === 'degraded',
      { timeoutMs: 20_000 },
    );
    await expect(pane.getByRole('row', { name: /NanoDet-g 416x256/ })).toContainText('Unavailable');
    await expect(page.getByTestId('health-area-models')).toContainText('1 unavailable');
    await inspectLooks(app, 'health-models-unavailable');
    await slowestLook(app, 50);
    const after = await healthOf(app);
    expect(after.detectors.find(({ model_id }) => model_id === EVENT_MODEL)).toMatchObject({
      ...{ state: 'unavailable', pid: null },
    });
    expect(await vas.pidOf('ingest', camera.id), 'video did not notice').toBe(ingest);
    expect((await vas.streamState(camera.id))?.reconnects).toBe(0);
    expect((await vas.query('alerts.history', { limit: 10 })).alerts, 'the AI raises none').toEqual([]);

    // By hand only, and after a question.
    await page.getByRole('navigation').getByRole('link', { name: 'Models', exact: true }).click();
    await page
      .getByRole('button', { name: /Restart/ })
      .first()
      .click();
    const question = page.getByRole('alertdialog');
    await expect(question).toBeVisible();
    expect((await healthOf(app)).detectors.find(({ model_id }) => model_id === EVENT_MODEL)?.state).toBe(
      'unavailable',
    );
    await question.getByRole('button', { name: /Restart/ }).click();
    await until(
      'the model runs again',
      async () =>
        (await healthOf(app)).detectors.some(
          ({ model_id, state }) => model_id === EVENT_MODEL && state === 'ready',
        ),
      { timeoutMs: 60_000 },
    );
    expect(await vas.pidOf('ingest', camera.id)).toBe(ingest);
  });
});

test('INV-88: an overlay that cannot draw and an event store that fails never reach the picture', async ({
  server,
  launch,
}) => {
  test.setTimeout(240_000);
  await withPeople({ server, launch }, async (people) => {
    const { app, camera } = people;
    const { page } = app;
    await whenWatched(people);
    const tile = new Tile(page, camera.id);
    await tile.whenState('live');
    await app.vas.command('preferences.set', { overlay: { enabled: true } });
    await expect(tile.root.getByTestId('overlay')).toHaveCount(1);

    // Every attempt to draw throws, and the store of events belongs to somebody else.
    app.problems.allow('the test locks the database', /locked by another program|"trouble":"locked"/);
    const attempts = await page.evaluateHandle(() => {
      const count = { failed: 0 };
      const draw = HTMLCanvasElement.prototype.getContext;
      HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...args: never[]) {
        if (this.dataset['testid'] !== 'overlay')
          return (draw as (...all: never[]) => null).apply(this, args);
        count.failed++;
        throw new Error('no context');
      } as never;
      return count;
    });
    const store = new Database(path.join(app.dataDir, 'events.db'));
    store.exec('BEGIN EXCLUSIVE');
    try {
      await until('drawing failed', async () => (await attempts.evaluate(({ failed }) => failed)) > 20, {
        timeoutMs: 30_000,
      });
      await until(
        'the store fails',
        async () => (await healthOf(app)).store.databases.some(({ is_open }) => !is_open),
        { timeoutMs: 60_000, everyMs: 500 },
      );
      await tile.whenMoreFrames(30);
      await tile.whenPixelsChange();
      expect(await tile.state()).toBe('live');
      expect((await app.vas.streamState(camera.id))?.reconnects).toBe(0);
      // Nothing is said of it where one watches.
      await expect(page.getByRole('alertdialog')).toHaveCount(0);
      await expect(page.getByRole('region', { name: 'Messages' }).getByRole('alert')).toHaveCount(0);
      await expect(page.getByText(/event store|overlay/i)).toHaveCount(0);
    } finally {
      store.exec('ROLLBACK');
      store.close();
    }
  });
});
