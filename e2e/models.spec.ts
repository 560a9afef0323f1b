import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from './fixtures';
import { EVENT_MODEL } from './support/eventRows';
import { inspectLooks } from './support/looks';
import { withPeople } from './support/people';
import { until } from './support/wait';

test('models are shown, switched off, and a folder that is none says what is wrong', async ({ launch }) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'vas-no-model-'));
  writeFileSync(path.join(folder, 'model.yaml'), 'model_id: Not An Id\n');
  try {
    const app = await launch({ env: { AI_FRAME_EXPORT_ENABLED: 'true' } });
    const { page } = app;
    await page.keyboard.press('Control+7');
    await expect(page.getByRole('heading', { name: 'Models', level: 1 })).toBeVisible();
    const card = page.locator('[data-model-id="nanodet-g-416x256"]');
    await expect(card).toHaveAttribute('data-state', 'stopped');
    await expect(card.getByText('Checked on real weights')).toBeVisible();
    await expect(page.getByTestId('model-card')).toHaveCount(5);
    await inspectLooks(app, 'models');

    const toggle = card.getByRole('switch');
    await toggle.focus();
    await page.keyboard.press('Space');
    await expect(toggle).not.toBeChecked();
    expect((await app.vas.query('ai-models.get', { model_id: 'nanodet-g-416x256' })).enabled).toBe(false);

    await app.electronApp.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
    }, folder);
    await page.getByRole('button', { name: 'Import model' }).click();
    await expect(page.getByText('The model was not imported')).toBeVisible();
    await expect(page.getByText(/model_id/).first()).toBeVisible();
    await inspectLooks(app, 'models-import-wrong');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('with the flag off the screen says so and leads to Settings', async ({ launch }) => {
  const app = await launch();
  const { page } = app;
  await page.getByRole('link', { name: 'Models' }).click();
  await expect(page.getByText('Detection is switched off')).toBeVisible();
  await inspectLooks(app, 'models-off');
  await page.getByRole('button', { name: 'Open Settings' }).click();
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
});

test('a model that runs shows device, figures and state; a killed one says why and is restarted by hand', async ({
  server,
  launch,
}) => {
  test.setTimeout(240_000);
  await withPeople({ server, launch }, async ({ app, watch }) => {
    const { page } = app;
    await watch();
    await page.getByRole('link', { name: 'Models' }).click();
    const card = page.locator(`[data-model-id="${EVENT_MODEL}"]`);
    await expect(card).toHaveAttribute('data-state', 'ready', { timeout: 60_000 });
    await expect(card.locator('[data-figure="device"]')).toContainText(/cpu/i);
    await expect(card.locator('[data-figure="latency"]')).toContainText('ms', { timeout: 60_000 });
    await inspectLooks(app, 'models-running');
    app.problems.allow('the test kills the container', /model|container/i);
    const { containers } = await app.vas.query('model-containers.list', {});
    process.kill(containers.find(({ model_id }) => model_id === EVENT_MODEL)?.pid ?? 0, 'SIGKILL');
    await expect(card).toHaveAttribute('data-state', 'unavailable', { timeout: 30_000 });
    await expect(card.locator('.model-reason')).toHaveText(/./);
    await inspectLooks(app, 'models-unavailable');
    await card.getByRole('button', { name: 'Restart' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Restart' }).click();
    await until('the model runs again', async () => (await card.getAttribute('data-state')) === 'ready', {
      timeoutMs: 60_000,
    });
  });
});
