import path from 'node:path';
import { footageCamera } from '../scripts/cameras/senders';
import { expect, observed, test } from './fixtures';
import { addCamera, whenRunning } from './support/cameras';
import { countSubscriptions, drawnOver, whenDrawn } from './support/overlay';
import { repositoryRoot } from './support/runtime';
import { Tile } from './support/tile';
import { until } from './support/wait';

const FOOTAGE = path.join(repositoryRoot, 'assets/footage/pedestrians-768x576.mp4');
const MODEL = 'nanodet-g-416x256';

test('INV-91, INV-92: boxes follow the people on screen while the user wants them, and nothing is left when not', async ({
  server,
  launch,
}) => {
  const footage = await footageCamera(FOOTAGE);
  try {
    const app = await launch({ env: { AI_FRAME_EXPORT_ENABLED: 'true' } });
    const open = await countSubscriptions(app, 'detections');
    const camera = await addCamera(app, server, { path: '/people', launch: footage.launch });
    await whenRunning(app, camera.id);
    await app.vas.command('ai-model-assignments.create', { camera_id: camera.id, model_id: MODEL });
    const tile = new Tile(app.page, camera.id);
    await tile.whenState('live');
    expect(await drawnOver(tile), 'off until wanted (INV-92)').toBeNull();
    expect(await open()).toBe(0);

    await tile.root.focus();
    await app.page.keyboard.press('o');
    observed(`first boxes after ${String(Math.round(await whenDrawn(tile)))} ms`);
    expect(await open()).toBe(1);
    const first = await drawnOver(tile);
    await until('the boxes move', async () => (await drawnOver(tile))?.print !== first?.print);
    expect(first?.colours, 'the chosen colour').toContain('0,255,0');
    // The picture is 4:3 in a wider tile: nothing is drawn over the bars but captions at their edge.
    const box = await tile.video.boundingBox();
    if (box === null || first?.bounds == null) throw new Error('nothing is drawn');
    const bar = (1 - Math.min(1, (box.height * 4) / 3 / box.width)) / 2;
    expect(first.bounds[0]).toBeGreaterThan(bar - 0.1);
    expect(first.bounds[2]).toBeLessThan(1 - bar + 0.1);

    // Pointers go through it, and the choice is kept for the user.
    expect(
      await tile.root.getByTestId('overlay').evaluate((one) => getComputedStyle(one).pointerEvents),
    ).toBe('none');
    await until(
      'the choice is kept',
      async () => (await app.vas.query('preferences.get', {})).overlay?.enabled === true,
    );

    // Another look counts at once.
    await app.vas.command('preferences.set', {
      overlay: { enabled: true, boxColor: '#FF0000', showLabels: false, showConfidence: false },
    });
    await until('the boxes are red', async () => (await drawnOver(tile))?.colours[0] === '255,0,0');
    await app.vas.command('preferences.set', { overlay: { enabled: true, visibleLabels: ['giraffe'] } });
    await until('nothing of the wanted class', async () => (await drawnOver(tile))?.pixels === 0);

    await tile.root.focus();
    await app.page.keyboard.press('o');
    await until('the canvas is gone', async () => (await drawnOver(tile)) === null);
    expect(await open(), 'nobody listens any more').toBe(0);
    expect(await tile.state()).toBe('live');
    await tile.whenMoreFrames(10);
  } finally {
    await footage.stop();
  }
});
