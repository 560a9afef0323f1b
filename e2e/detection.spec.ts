import path from 'node:path';
import { footageCamera } from '../scripts/cameras/senders';
import { expect, test } from './fixtures';
import { addCamera, whenRunning } from './support/cameras';
import { repositoryRoot } from './support/runtime';
import { graveViolations, inspectLooks } from './support/looks';
import { until } from './support/wait';

const FOOTAGE = path.join(repositoryRoot, 'assets/footage/pedestrians-768x576.mp4');

test('a model is given to a camera with a zone that was drawn with the keyboard', async ({
  server,
  launch,
}) => {
  test.setTimeout(300_000);
  const footage = await footageCamera(FOOTAGE);
  try {
    const app = await launch();
    const { page } = app;
    const camera = await addCamera(app, server, { path: '/people', launch: footage.launch });
    await whenRunning(app, camera.id);
    await page.getByRole('link', { name: 'Cameras' }).click();
    await page.getByRole('button', { name: `Detection of ${camera.name}` }).click();
    const dialog = page.getByRole('dialog', { name: `Detection: ${camera.name}` });
    await expect(dialog.getByText('Detection is switched off'), 'the flag is off').toBeVisible();
    const toggle = dialog.getByRole('switch', { name: /Look at this camera with Objects \(NanoDet-g 416/ });
    await toggle.focus();
    await page.keyboard.press('Space');
    await expect(toggle).toBeChecked();
    const assignments = async () => (await app.vas.query('ai-model-assignments.list', {})).assignments;
    await until('it is assigned', async () => (await assignments()).length === 1);
    expect(await assignments()).toMatchObject([
      { enabled: true, desired_fps: 5, model_id: 'nanodet-g-416x256' },
    ]);

    await dialog.getByLabel('Frames per second').fill('31');
    await expect(dialog.getByText('Enter a whole number from 1 to 30')).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'Save', exact: true })).toBeDisabled();
    await dialog.getByLabel('Frames per second').fill('3');

    const onMotion = dialog.getByRole('checkbox', { name: 'Look only while something moves' });
    await onMotion.focus();
    await page.keyboard.press('Space');
    await dialog.getByLabel('Go on after motion (s)').fill('0');
    await expect(dialog.getByText('A whole number of seconds from 1 to 120.')).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'Save', exact: true })).toBeDisabled();
    expect(await graveViolations(page), 'a wrong entry').toEqual([]);
    await dialog.getByLabel('Go on after motion (s)').fill('8');
    await dialog.getByRole('button', { name: /^Sensitivity|Sensitivity$/ }).click();
    await page.getByRole('option', { name: 'High: faint changes' }).click();
    await inspectLooks(app, 'detection-general');
    // Where one has scrolled to, what was changed can be saved.
    await expect(dialog.getByRole('button', { name: 'Save', exact: true })).toBeInViewport();
    await dialog.getByRole('tab', { name: 'Classes' }).click();
    await inspectLooks(app, 'detection-classes');
    await dialog.getByRole('tab', { name: 'Parameters' }).click();
    await inspectLooks(app, 'detection-parameters');

    await dialog.getByRole('tab', { name: 'Zones and masks' }).click();
    await dialog.getByRole('button', { name: 'Zone', exact: true }).click();
    const corner = dialog.getByRole('button', { name: 'Corner 1 of Zone 1' });
    await corner.focus();
    for (let step = 0; step < 3; step++) await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.press('Insert');
    await expect(dialog.getByRole('button', { name: 'Corner 5 of Zone 1' })).toBeVisible();
    await page.keyboard.press('Control+z');
    await expect(dialog.getByRole('button', { name: 'Corner 5 of Zone 1' })).toHaveCount(0);
    await dialog.getByLabel('Name', { exact: true }).fill('Way');
    // A click on the picture is a corner more, in the edge that is nearest.
    const layer = dialog.getByTestId('areas');
    const box = await layer.boundingBox();
    if (box === null) throw new Error('there is no picture to draw on');
    await page.mouse.click(box.x + box.width * 0.5, box.y + box.height * 0.9);
    await expect(dialog.getByRole('button', { name: /Corner \d of Way/ })).toHaveCount(5);
    const third = await dialog.getByRole('button', { name: 'Corner 3 of Way' }).boundingBox();
    if (third === null) throw new Error('there is no corner');
    await page.mouse.move(third.x + 8, third.y + 8);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.9, box.y + box.height * 0.8, { steps: 4 });
    await page.mouse.up();
    await dialog.getByRole('button', { name: 'Mask', exact: true }).click();
    await inspectLooks(app, 'detection-zones');
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await until('it is saved', async () => (await assignments())[0]?.desired_fps === 3);
    const [saved] = await assignments();
    expect(saved?.rules.zones.map(({ name }) => name)).toEqual(['Way']);
    expect(saved?.rules.motion).toEqual({ enabled: true, sensitivity: 'high', hold_s: 8, every_s: 10 });
    const points = saved?.rules.zones[0]?.points ?? [];
    expect(points).toHaveLength(5);
    expect(points[0]?.[0]).toBeCloseTo(0.2, 2);
    expect(points[2]?.[0]).toBeCloseTo(0.9, 1);
    expect(saved?.rules.masks).toHaveLength(1);
    // Zones and masks would go with it: it is asked for first.
    await dialog.getByRole('button', { name: /^Remove Objects \(NanoDet-g 416/ }).click();
    const question = page.getByRole('alertdialog');
    await expect(question).toContainText('zones and masks on this camera are deleted');
    await question.getByRole('button', { name: 'Cancel' }).click();
    expect(await assignments()).toHaveLength(1);
    await dialog.getByRole('button', { name: /^Remove Objects \(NanoDet-g 416/ }).click();
    await question.getByRole('button', { name: 'Remove', exact: true }).click();
    await until('it is removed', async () => (await assignments()).length === 0);
    await dialog.getByRole('button', { name: 'Close', exact: true }).click();
    await expect(dialog).toBeHidden();
  } finally {
    await footage.stop();
  }
});
