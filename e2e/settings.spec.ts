import { expect, test } from './fixtures';
import { inspectLooks } from './support/looks';
import { openScreen } from './support/screens';

/** What the operator sets for the whole workstation. */
test.describe('the Settings screen', () => {
  test('colours and clock change at once and are there after the next start', async ({ launch, dataDir }) => {
    const app = await launch({ dataDir });
    const { page } = app;
    await expect(page.getByRole('heading', { name: 'Live', exact: true })).toBeVisible();
    await page.keyboard.press('Control+Comma');
    await expect(page.getByRole('heading', { name: 'Settings', exact: true })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await page.getByRole('radiogroup', { name: 'Colours' }).getByText('Light').click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
    await page.getByRole('radiogroup', { name: 'Clock' }).getByText('12 hours').click();
    await expect(page.getByTestId('workstation-clock')).toContainText(/[ap]m/i);
    expect((await app.vas.query('settings.get', {})).settings).toMatchObject({
      theme: 'light',
      clock: '12h',
    });
    await inspectLooks(app, 'settings-appearance');
    await app.vas.command('settings.update', { theme: 'light' });
    await app.close();

    const again = await launch({ dataDir });
    await expect(again.page.locator('html')).toHaveAttribute('data-theme', 'light');
    await expect(again.page.getByTestId('workstation-clock')).toContainText(/[ap]m/i);
  });

  test('the frame export says what it does and when; the environment has the last word', async ({
    launch,
    dataDir,
  }) => {
    const app = await launch({ dataDir });
    await openScreen(app, 'Settings');
    await app.page.getByRole('tab', { name: 'AI', exact: true }).click();
    await expect(app.page.getByText(/live view and recording are not affected/i)).toBeVisible();
    await app.page
      .getByRole('switch', { name: /decode pictures/i })
      .locator('xpath=ancestor::label')
      .click();
    await expect(app.page.getByText('Takes effect at the next start', { exact: true })).toBeVisible();
    expect((await app.vas.query('settings.get', {})).frame_export).toEqual({
      ...{ stored: true, environment: null, effective: true, running: false },
    });
    await inspectLooks(app, 'settings-ai');
    await app.close();

    const overridden = await launch({ dataDir, env: { AI_FRAME_EXPORT_ENABLED: 'false' } });
    await openScreen(overridden, 'Settings');
    await overridden.page.getByRole('tab', { name: 'AI', exact: true }).click();
    await expect(overridden.page.getByText('Set by the environment')).toBeVisible();
    expect((await overridden.vas.query('settings.get', {})).frame_export).toEqual({
      ...{ stored: true, environment: false, effective: false, running: false },
    });
  });
});
