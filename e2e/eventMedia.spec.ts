import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { footageCamera } from '../scripts/cameras/senders';
import { expect, observed, test } from './fixtures';
import { addCamera, whenRunning } from './support/cameras';
import { EVENT_MODEL } from './support/eventRows';
import { repositoryRoot } from './support/runtime';
import { until } from './support/wait';

const FOOTAGE = path.join(repositoryRoot, 'assets/footage/pedestrians-768x576.mp4');
const WATCHED_MS = 40_000;
/** Of the footage. */
const FPS = 10;

test('on the demo footage every event has a picture of its moment and a clip around it', async ({
  server,
  launch,
}) => {
  const footage = await footageCamera(FOOTAGE);
  try {
    const app = await launch({ env: { AI_FRAME_EXPORT_ENABLED: 'true' } });
    const camera = await addCamera(app, server, { path: '/people', launch: footage.launch });
    await whenRunning(app, camera.id);
    await app.vas.command('ai-events.set-triggers', { clip_triggers_enabled: true });
    await app.vas.command('ai-model-assignments.create', { camera_id: camera.id, model_id: EVENT_MODEL });
    const list = async () => (await app.vas.query('ai-events.list', { limit: 1000 })).events;
    await until('the first event', async () => (await list()).length > 0, { timeoutMs: 60_000 });
    const frameMs = 1000 / FPS;
    const beganMs = Date.now();
    await delay(WATCHED_MS);
    // Nothing new from now on; what was seen gets its media.
    const [assignment] = (await app.vas.query('ai-model-assignments.list', {})).assignments;
    await app.vas.command('ai-model-assignments.update', { id: assignment?.id ?? '', enabled: false });
    const minutes = (Date.now() - beganMs) / 60_000;
    const events = await until(
      'all media',
      async () => {
        const all = await list();
        return all.every(({ snapshot_id, clip_id }) => snapshot_id !== null && clip_id !== null) ? all : null;
      },
      { timeoutMs: 60_000 },
    );
    let furthest = 0;
    for (const event of events) {
      const at = Date.parse(event.timestamp);
      const picture = await app.vas.query('snapshots.get', { id: event.snapshot_id ?? '' });
      furthest = Math.max(furthest, Math.abs(Date.parse(picture.timestamp) - at));
      const clip = await app.vas.query('bookmarks.get', { id: event.clip_id ?? '' });
      expect(Date.parse(clip.start_timestamp)).toBeLessThan(at);
      expect(Date.parse(clip.end_timestamp)).toBeGreaterThan(at);
    }
    // The same picture, not its neighbour.
    expect(furthest).toBeLessThan(frameMs / 2);
    observed(
      `${String(events.length)} events, ${(events.length / minutes).toFixed(1)} a minute, ` +
        `${String(new Set(events.map(({ snapshot_id }) => snapshot_id)).size)} pictures, ` +
        `${String(new Set(events.map(({ clip_id }) => clip_id)).size)} clips; ` +
        `picture and event ${String(furthest)} ms apart at most, a frame is ${frameMs.toFixed(0)} ms`,
    );
    expect((await app.vas.streamState(camera.id))?.reconnects).toBe(0);
  } finally {
    await footage.stop();
  }
});
