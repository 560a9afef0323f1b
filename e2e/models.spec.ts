import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './fixtures';

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

    const axe = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(axe.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('with the flag off the screen says so and leads to Settings', async ({ launch }) => {
  const { page } = await launch();
  await page.getByRole('link', { name: 'Models' }).click();
  await expect(page.getByText('Detection is switched off')).toBeVisible();
  await page.getByRole('button', { name: 'Open Settings' }).click();
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
});
