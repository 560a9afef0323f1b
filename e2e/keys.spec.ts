import type { RunningApp } from './app';
import { launchApp } from './app';
import { expect, finish, temporaryDataDir, test } from './fixtures';

/** Keys of the whole application: the sheet, changing them, and that a change survives. */
test.describe.serial('keys', () => {
  let app: RunningApp;
  let dataDir: string;

  test.beforeAll(async () => {
    dataDir = await temporaryDataDir();
    app = await launchApp({ dataDir });
  });

  test.afterAll(async () => {
    await finish(app, test.info());
  });

  const heading = (name: string) => app.page.getByRole('heading', { name, exact: true });
  const sheet = () => app.page.getByRole('dialog', { name: 'Keys', exact: true });
  const row = (action: string) => app.page.locator(`[data-action="${action}"]`);

  test('F1 and ? show every key, grouped; the dialog keeps the keyboard', async () => {
    await expect(heading('Live')).toBeVisible();
    for (const key of ['F1', '?']) {
      await app.page.keyboard.press(key);
      await expect(sheet()).toBeVisible();
      await expect(sheet().getByRole('heading', { name: 'Everywhere' })).toBeVisible();
      await expect(row('tile.snapshot')).toContainText('S');
      await app.page.keyboard.press('Control+2');
      await expect(sheet()).toBeVisible();
      await app.page.keyboard.press('Escape');
      await expect(sheet()).toBeHidden();
      await expect(heading('Live')).toBeVisible();
    }
  });

  test('a key is changed with the keyboard alone, and works at once', async () => {
    await app.page.keyboard.press('Control+3');
    await expect(heading('Cameras')).toBeVisible();
    await app.page.keyboard.press('F1');
    await sheet().getByRole('button', { name: 'Change keys' }).press('Enter');
    const change = row('screen.live').getByRole('button', { name: /^change/i });
    await change.press('Enter');
    await app.page.keyboard.press('Control+Shift+L');
    await expect(row('screen.live')).toContainText('Changed');
    await app.page.keyboard.press('Escape');
    await app.page.keyboard.press('Control+1');
    await expect(heading('Cameras')).toBeVisible();
    await app.page.keyboard.press('Control+Shift+L');
    await expect(heading('Live')).toBeVisible();
  });

  test('keys of the desktop are refused; a key that is taken is offered, and taken only on request', async () => {
    await app.page.keyboard.press('F1');
    await sheet().getByRole('button', { name: 'Change keys' }).press('Enter');
    await row('cameras.add')
      .getByRole('button', { name: /^change/i })
      .press('Enter');
    await app.page.keyboard.press('Control+C');
    await expect(row('cameras.add')).toContainText(/needed by the desktop/i);
    await app.page.keyboard.press('F1');
    await expect(row('cameras.add')).toContainText(/used by .show keys/i);
    await row('cameras.add').getByRole('button', { name: 'Cancel' }).press('Enter');
    await expect(row('cameras.add')).not.toContainText('F1');
    await row('cameras.add')
      .getByRole('button', { name: /^change/i })
      .press('Enter');
    await app.page.keyboard.press('F1');
    await app.page.keyboard.press('Enter');
    await expect(row('cameras.add')).toContainText('F1');
    await expect(row('application.keys')).not.toContainText('F1');
    await row('cameras.add')
      .getByRole('button', { name: /^reset/i })
      .press('Enter');
    await expect(row('cameras.add')).not.toContainText('Changed');
    await app.page.keyboard.press('Escape');
  });

  test('changed keys survive a restart, and all can be reset', async () => {
    await finish(app, test.info());
    app = await launchApp({ dataDir });
    await app.page.evaluate(() => localStorage.removeItem('vas.keys'));
    await app.page.reload();
    await expect(heading('Live')).toBeVisible();
    await app.page.keyboard.press('?');
    await expect(row('screen.live')).toContainText('Ctrl+Shift+L');
    await sheet().getByRole('button', { name: 'Change keys' }).press('Enter');
    await app.page.getByRole('button', { name: 'Reset all keys' }).press('Enter');
    await app.page.getByRole('alertdialog').getByRole('button', { name: 'Reset all keys' }).press('Enter');
    await expect(row('screen.live')).not.toContainText('Changed');
    await expect(row('screen.live')).toContainText('1');
  });
});
