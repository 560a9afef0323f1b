import type { RunningApp } from './app';
import { expect, test } from './fixtures';
import { Keyboard } from './support/keyboard';
import type { Colours } from './support/looks';
import { COLOURS, graveViolations } from './support/looks';
import { openScreen } from './support/screens';
import { ASKS, PASSWORD } from './support/users';

const NAME = 'Robin';

/** What is seen before anybody works here. Settings cannot be changed then, so the colours are put on the page. */
async function inspectEntrance(app: RunningApp, name: string): Promise<void> {
  const { page } = app;
  const before = await page.evaluate(() => document.documentElement.dataset['theme'] ?? '');
  const colour = (theme: string) =>
    page.evaluate((wanted) => {
      document.documentElement.dataset['theme'] = wanted;
    }, theme);
  for (const theme of COLOURS satisfies readonly Colours[]) {
    await colour(theme);
    for (const [width, height] of [
      [1280, 800],
      [1920, 1080],
    ] as const) {
      await app.resize(width, height);
      const file = `test-results/screenshots/${name}-${theme}-${String(width)}x${String(height)}.png`;
      await page.screenshot({ path: file });
    }
    expect.soft(await graveViolations(page), `${name}, ${theme}`).toEqual([]);
  }
  await colour(before);
  await app.resize(1280, 800);
}

test('first start, sign-in and lock, by keyboard alone and in both colours', async ({ launch }) => {
  test.setTimeout(300_000);
  const app = await launch(ASKS);
  const { page } = app;
  const keys = new Keyboard(page);
  const heading = (name: string) => page.getByRole('heading', { name, exact: true });

  await expect(heading('How is this workstation used?')).toBeVisible();
  await inspectEntrance(app, 'entrance-first');
  await keys.activate('button', /^People sign in$/);
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await inspectEntrance(app, 'entrance-administrator');
  await keys.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveAttribute('aria-invalid', 'true');
  await inspectEntrance(app, 'entrance-administrator-errors');
  await keys.type(NAME);
  await keys.tabTo('textbox', /^New password$/);
  await keys.type(PASSWORD);
  await keys.tabTo('textbox', /^Repeat the password$/);
  await keys.type(PASSWORD);
  await keys.press('Enter');
  await expect(heading('Live')).toBeVisible();

  await keys.press('Control+L');
  await expect(heading('Locked')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Password', exact: true })).toBeFocused();
  await inspectEntrance(app, 'entrance-locked');
  await keys.type('wrong password');
  await keys.press('Enter');
  await expect(page.getByRole('alert')).toBeVisible();
  await inspectEntrance(app, 'entrance-locked-wrong');
  await expect(page.getByRole('textbox', { name: 'Password', exact: true })).toHaveValue('');
  await expect(page.getByRole('textbox', { name: 'Password', exact: true })).toBeFocused();
  await keys.type(PASSWORD);
  await keys.press('Enter');
  await expect(heading('Live')).toBeVisible();

  // The wall alone stays in sight: no other screen, and no dialog over the wall.
  const unlock = async () => {
    await expect(heading('Locked')).toBeVisible();
    await keys.type(PASSWORD);
    await keys.press('Enter');
    await expect(heading('Locked')).toBeHidden();
  };
  await openScreen(app, 'Settings');
  await keys.press('Control+L');
  await expect(heading('Locked')).toBeVisible();
  await expect(page.locator('.screen')).toHaveCount(0);
  await inspectEntrance(app, 'entrance-locked-covered');
  await unlock();
  await expect(heading('Settings')).toBeVisible();
  await openScreen(app, 'Live');
  await keys.press('F1');
  await expect(page.locator('.dialog-scrim')).toBeVisible();
  await app.vas.command('session.lock', {});
  await expect(heading('Locked')).toBeVisible();
  await expect(page.locator('.dialog-scrim')).toBeHidden();
  await expect(page.locator('.screen')).toBeVisible();
  await unlock();
  await expect(page.locator('.dialog-scrim')).toBeVisible();
  await keys.press('Escape');

  await page.getByRole('button', { name: `User ${NAME}` }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(heading('Sign in')).toBeVisible();
  await inspectEntrance(app, 'entrance-sign-in');
  // Who worked here last is known by name: the password is what is missing.
  await keys.type('wrong password');
  await keys.press('Enter');
  await expect(page.getByText('Name or password is wrong.')).toBeVisible();
  await inspectEntrance(app, 'entrance-sign-in-wrong');
});
