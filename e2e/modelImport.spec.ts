// A model that the application has never seen, taken in by following docs/models.md, and what it is shown before
// any camera uses it.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { brightQuarters } from '../test/onnx/brightQuarters';
import { expect, test } from './fixtures';
import { answerFolderDialog } from './support/dialogs';
import { repositoryRoot } from './support/runtime';
import { until } from './support/wait';

const FLAG = { env: { AI_FRAME_EXPORT_ENABLED: 'true' } };
let folder: string;
let model: string;
let picture: string;

test.beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'vas-e2e-m-'));
  model = path.join(folder, 'bright-quarters');
  mkdirSync(model);
  // The guide's own example, to the letter.
  const guide = readFileSync(path.join(repositoryRoot, 'docs/models.md'), 'utf8');
  writeFileSync(path.join(model, 'model.yaml'), /```yaml\n([\s\S]*?)```/.exec(guide)?.[1] ?? '');
  writeFileSync(path.join(model, 'quarters.onnx'), brightQuarters());
  writeFileSync(path.join(model, 'names.txt'), 'bright\n');
  // Upper half white, lower half black.
  picture = path.join(folder, 'half white.png');
  const halves = ['color=white:s=320x120', 'color=black:s=320x120'].flatMap((source) => [
    '-f',
    'lavfi',
    '-i',
    source,
  ]);
  execFileSync('ffmpeg', ['-v', 'error', ...halves, '-filter_complex', 'vstack', '-frames:v', '1', picture]);
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function noSeriousProblem(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
}

test('INV-66: a model folder is imported, tried on a picture and then given to a camera', async ({
  launch,
}) => {
  const app = await launch(FLAG);
  const { page } = app;
  await page.getByRole('link', { name: 'Models' }).click();
  await expect(page.getByTestId('model-card')).toHaveCount(5);
  await answerFolderDialog(app, model);
  await page.getByRole('button', { name: 'Import model' }).focus();
  await page.keyboard.press('Enter');

  const importing = page.getByRole('dialog', { name: 'Import Bright quarters' });
  await expect(importing.getByText('CC0-1.0')).toBeVisible();
  await expect(importing.getByText('brings a program')).toHaveCount(0);
  await noSeriousProblem(page);
  await importing.getByRole('button', { name: 'Import', exact: true }).focus();
  await page.keyboard.press('Enter');
  const done = page.getByRole('dialog', { name: 'Bright quarters was imported' });
  await expect(done.getByRole('button', { name: 'Try it' })).toBeFocused();
  expect((await app.vas.query('ai-models.list', {})).models.map(({ model_id }) => model_id)).toContain(
    'bright-quarters',
  );
  await page.keyboard.press('Enter');

  const trial = page.getByRole('dialog', { name: 'Try Bright quarters' });
  await answerFolderDialog(app, picture);
  await expect(trial.getByRole('button', { name: 'Choose picture' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(trial.getByTestId('trial-finding')).toHaveText([/^bright/, /^bright/]);
  await expect(trial.getByTestId('trial-box')).toHaveCount(2);
  await expect(trial.getByAltText('Picture that the model looked at, half white.png')).toBeVisible();
  await expect(trial.getByText(/^\d+ ms$/).first()).toBeVisible();
  // The boxes lie on the white half of the picture that is shown.
  const shown = await trial.getByTestId('trial-picture').boundingBox();
  const box = await trial.getByTestId('trial-box').first().boundingBox();
  if (!shown || !box) throw new Error('there is no picture');
  expect(shown.width / shown.height).toBeCloseTo(320 / 240, 1);
  expect(Math.abs(box.y - shown.y)).toBeLessThan(3);
  expect(Math.abs(box.height - shown.height / 2)).toBeLessThan(4);
  await noSeriousProblem(page);
  await page.keyboard.press('Escape');
  await expect(trial).toBeHidden();
  await until('the container that only the trial needed is stopped', async () => {
    const { containers } = await app.vas.query('model-containers.list', {});
    return containers.find(({ model_id }) => model_id === 'bright-quarters')?.state === 'stopped';
  });

  const camera = await app.vas.command('devices.create', {
    ...{ name: 'Gate', rtsp_url: 'rtsp://127.0.0.1:9/none', transport: 'tcp', recording: false },
  });
  const assigned = { camera_id: camera.id, model_id: 'bright-quarters' };
  expect(await app.vas.command('ai-model-assignments.create', assigned)).toMatchObject(assigned);
});

test('a model that brings a program is imported only after that was agreed to', async ({ launch }) => {
  const yaml = path.join(model, 'model.yaml');
  writeFileSync(yaml, `${readFileSync(yaml, 'utf8')}handler: look.mjs\n`);
  writeFileSync(path.join(model, 'look.mjs'), 'export default () => ({ async infer() { return []; } });');
  const app = await launch(FLAG);
  const { page } = app;
  await page.getByRole('link', { name: 'Models' }).click();
  await answerFolderDialog(app, model);
  await page.getByRole('button', { name: 'Import model' }).click();
  const importing = page.getByRole('dialog', { name: 'Import Bright quarters' });
  await expect(importing.getByText('This model brings a program of its own')).toBeVisible();
  await expect(importing.getByText('look.mjs runs on this computer with your rights')).toBeVisible();
  await noSeriousProblem(page);
  const button = importing.getByRole('button', { name: 'Import', exact: true });
  await expect(button).toBeDisabled();
  // The main process does not rely on the window's word.
  const chosen = (await app.vas.command('model-containers.choose-folder', {})).chosen;
  expect(chosen?.program).toBe('look.mjs');
  const refused = app.vas.command('model-containers.import', { token: chosen?.token ?? '' });
  await expect(refused).rejects.toThrow(/brings a program of its own/);
  expect((await app.vas.query('ai-models.list', {})).models).toHaveLength(5);

  await importing.getByRole('checkbox', { name: /I trust this model/ }).focus();
  await page.keyboard.press('Space');
  await button.click();
  await expect(page.getByRole('dialog', { name: 'Bright quarters was imported' })).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByTestId('model-card')).toHaveCount(6);
});
