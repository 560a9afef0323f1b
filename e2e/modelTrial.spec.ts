// Shipped models on single pictures, on what a camera shows, and the restart of a container.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { footageCamera } from '../scripts/cameras/senders';
import { expect, test } from './fixtures';
import { addCamera, whenRunning } from './support/cameras';
import { answerFolderDialog } from './support/dialogs';
import { repositoryRoot } from './support/runtime';
import { until } from './support/wait';

const FLAG = { env: { AI_FRAME_EXPORT_ENABLED: 'true' } };
const PHOTO = path.join(repositoryRoot, 'test/detections/pictures/person.jpg');
const FOOTAGE = path.join(repositoryRoot, 'assets/footage/pedestrians-768x576.mp4');

test('models are tried on a photo, on no picture, on a camera, and switched on', async ({
  server,
  launch,
}) => {
  const footage = await footageCamera(FOOTAGE);
  const folder = mkdtempSync(path.join(tmpdir(), 'vas-e2e-t-'));
  try {
    const app = await launch(FLAG);
    const { page } = app;
    const camera = await addCamera(app, server, { path: '/people', launch: footage.launch });
    await whenRunning(app, camera.id);
    await app.vas.command('ai-models.set-enabled', { model_id: 'nanodet-g-640x384', enabled: false });
    await page.getByRole('link', { name: 'Models' }).click();
    await page.getByRole('button', { name: /^Try Objects, wide scenes/ }).click();
    const trial = page.getByRole('dialog', { name: /^Try Objects/ });
    await expect(trial.getByText('Show the model a picture')).toBeVisible();

    const notes = path.join(folder, 'notes.jpg');
    writeFileSync(notes, 'no picture');
    await answerFolderDialog(app, notes);
    await trial.getByRole('button', { name: 'Choose picture' }).click();
    await expect(
      trial.getByText('notes.jpg is no picture that can be read. Choose a JPEG or PNG file.'),
    ).toBeVisible();

    await answerFolderDialog(app, PHOTO);
    await trial.getByRole('button', { name: 'Choose picture' }).click();
    await expect(trial.getByTestId('trial-finding').filter({ hasText: 'person' }).first()).toBeVisible();
    const certain = await trial.getByTestId('trial-finding').count();
    const slider = trial.getByRole('slider', { name: 'Least confidence' });
    await slider.focus();
    await page.keyboard.press('Home');
    await expect.poll(() => trial.getByTestId('trial-finding').count()).toBeGreaterThanOrEqual(certain);
    await page.keyboard.press('End');
    await expect(trial.getByText('Nothing found with this confidence.')).toBeVisible();
    await page.keyboard.press('Home');
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);

    await trial.getByRole('button', { name: 'Picture of a camera' }).click();
    await page.getByRole('option', { name: camera.name }).click();
    await expect(trial.getByAltText(`Picture that the model looked at, ${camera.name}`)).toBeVisible();
    await expect(trial.getByText('768 \u00d7 576')).toBeVisible();
    await until('somebody walks by', async () => {
      if ((await trial.getByTestId('trial-finding').filter({ hasText: 'person' }).count()) > 0) return true;
      await trial.getByRole('button', { name: 'Look again' }).click();
      await expect(trial.getByTestId('trial-picture')).toBeVisible();
      return false;
    });
    expect((await app.vas.query('snapshots.list', {})).total, 'nothing is kept').toBe(0);
    expect((await app.vas.query('ai-events.list', {})).events).toEqual([]);

    await trial.getByRole('button', { name: 'Switch model on' }).click();
    await expect(trial.getByText('This model is switched off')).toHaveCount(0);
    await trial.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: /^Try Body pose, up to six/ }).click();
    const pose = page.getByRole('dialog', { name: /^Try / });
    await pose.getByRole('button', { name: 'Choose picture' }).click();
    await expect(pose.getByTestId('trial-skeleton').first()).toBeAttached();
    await expect(pose.getByText('17 points').first()).toBeVisible();
  } finally {
    await footage.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a container that was killed says so, and is restarted after a question', async ({ launch }) => {
  const app = await launch(FLAG);
  const { page } = app;
  const id = 'nanodet-g-416x256';
  const status = async () => {
    const { containers } = await app.vas.query('model-containers.list', {});
    const found = containers.find(({ model_id }) => model_id === id);
    if (!found) throw new Error(`${id} is not there`);
    return found;
  };
  await page.getByRole('link', { name: 'Models' }).click();
  const card = page.locator(`[data-model-id="${id}"]`);
  await card.getByRole('button', { name: /^Try / }).click();
  await answerFolderDialog(app, PHOTO);
  await page.getByRole('button', { name: 'Choose picture' }).click();
  await expect(page.getByTestId('trial-picture')).toBeVisible();
  const { pid } = await status();
  if (pid === null) throw new Error('the container has no process');
  process.kill(pid, 'SIGKILL');
  await until('the model is unavailable', async () => (await status()).state === 'unavailable');
  await page.keyboard.press('Escape');
  // Closing the trial stops the container that only ran for it; asked for before that, the restart would be undone.
  await until('the trial has let go of it', async () => (await status()).state === 'stopped');
  await app.vas.command('model-containers.restart', { model_id: id });
  const { pid: second } = await until('it runs again', async () => {
    const now = await status();
    return now.state === 'ready' && now.pid !== pid ? now : null;
  });
  await expect(card).toHaveAttribute('data-state', 'ready', { timeout: 30_000 });

  const restart = card.getByRole('button', { name: 'Restart' });
  await restart.click();
  const question = page.getByRole('alertdialog', { name: /^Restart / });
  await expect(question.getByText('Live view and recording are not affected')).toBeVisible();
  await question.getByRole('button', { name: 'Cancel' }).click();
  expect((await status()).pid, 'nothing happens without a yes').toBe(second);
  await restart.click();
  await question.getByRole('button', { name: 'Restart', exact: true }).focus();
  await page.keyboard.press('Enter');
  await until('another process runs', async () => {
    const now = await status();
    return now.state === 'ready' && now.pid !== second;
  });
  await expect(page.getByText(/runs again$/)).toBeVisible();
});
