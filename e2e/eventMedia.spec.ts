import { setTimeout as delay } from 'node:timers/promises';
import { expect, observed, test } from './fixtures';
import { FOOTAGE_FPS, withPeople } from './support/people';
import { until } from './support/wait';

const WATCHED_MS = 40_000;

test('on the demo footage every event has a picture of its moment and a clip around it', async ({
  server,
  launch,
}) => {
  test.setTimeout(300_000);
  await withPeople({ server, launch }, async ({ app, camera, watch }) => {
    await app.vas.command('ai-events.set-triggers', { clip_triggers_enabled: true });
    const assignment = await watch();
    const list = async () => (await app.vas.query('ai-events.list', { limit: 1000 })).events;
    await until('the first event', async () => (await list()).length > 0, { timeoutMs: 120_000 });
    const frameMs = 1000 / FOOTAGE_FPS;
    const beganMs = Date.now();
    await delay(WATCHED_MS);
    // Nothing new from now on; what was seen gets its media.
    await app.vas.command('ai-model-assignments.update', { id: assignment, enabled: false });
    const minutes = (Date.now() - beganMs) / 60_000;
    const events = await until(
      'all media',
      async () => {
        const all = await list();
        return all.every(({ snapshot_id, clip_id }) => snapshot_id !== null && clip_id !== null) ? all : null;
      },
      { timeoutMs: 120_000 },
    );
    let furthest = 0;
    let [leastBefore, leastAfter] = [Infinity, Infinity];
    for (const event of events) {
      const at = Date.parse(event.timestamp);
      const picture = await app.vas.query('snapshots.get', { id: event.snapshot_id ?? '' });
      furthest = Math.max(furthest, Math.abs(Date.parse(picture.timestamp) - at));
      const clip = await app.vas.query('bookmarks.get', { id: event.clip_id ?? '' });
      leastBefore = Math.min(leastBefore, at - Date.parse(clip.start_timestamp));
      leastAfter = Math.min(leastAfter, Date.parse(clip.end_timestamp) - at);
    }
    expect(leastBefore, 'every clip begins before its event').toBeGreaterThan(0);
    expect(leastAfter, 'and ends after it').toBeGreaterThan(0);
    // The same picture, not its neighbour.
    expect(furthest).toBeLessThan(frameMs / 2);
    observed(
      `${String(events.length)} events, ${(events.length / minutes).toFixed(1)} a minute, ` +
        `${String(new Set(events.map(({ snapshot_id }) => snapshot_id)).size)} pictures, ` +
        `${String(new Set(events.map(({ clip_id }) => clip_id)).size)} clips; ` +
        `picture and event ${String(furthest)} ms apart at most, a frame is ${frameMs.toFixed(0)} ms; ` +
        `clips begin at least ${String(leastBefore)} ms before and end at least ${String(leastAfter)} ms after`,
    );
    expect((await app.vas.streamState(camera.id))?.reconnects).toBe(0);
  });
});
