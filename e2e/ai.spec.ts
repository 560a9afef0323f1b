import { existsSync, readdirSync } from 'node:fs';
import type { RunningApp } from './app';
import { expect, observed, test } from './fixtures';
import { EVENT_MODEL } from './support/eventRows';
import type { People } from './support/people';
import { withPeople } from './support/people';
import { sharedMemoryOf } from './support/processes';
import { until } from './support/wait';

/** Shared memory that a process of the application has mapped. */
const ringsOf = (app: RunningApp): string[] =>
  sharedMemoryOf([app.pid, ...app.family().map(({ pid }) => pid)]);

test('INV-46: people walking by become events with a snapshot; a killed container costs video nothing', async ({
  server,
  launch,
}) => {
  await withPeople({ server, launch }, async ({ app, camera, watch }) => {
    const { models } = await app.vas.query('ai-models.list', {});
    expect(models.map(({ model_id }) => model_id)).toContain(EVENT_MODEL);
    await watch();

    const found = await app.page.evaluate(
      (id) =>
        new Promise<{ boxes: number; tracked: number; labels: string[]; latency: number }>((resolve) => {
          const { vas } = globalThis as unknown as {
            vas: {
              subscribe(
                name: string,
                request: unknown,
                push: (value: {
                  detections: { class_name: string; track_id: number | null }[];
                  latency_ms: number;
                }) => void,
              ): () => void;
            };
          };
          let boxes = 0;
          const stop = vas.subscribe('detections', { camera_ids: [id] }, (value) => {
            boxes += value.detections.length;
            const tracked = value.detections.filter(({ track_id }) => track_id !== null).length;
            if (boxes < 20 || tracked < 2) return;
            stop();
            const labels = [...new Set(value.detections.map(({ class_name }) => class_name))];
            resolve({ boxes, tracked, labels, latency: value.latency_ms });
          });
        }),
      camera.id,
    );
    observed(`detections: ${JSON.stringify(found)}`);
    expect(found.labels).toContain('person');

    const event = await until(
      'an event has its snapshot',
      async () =>
        (await app.vas.query('ai-events.list', {})).events.find(({ snapshot_id }) => snapshot_id !== null) ??
        null,
      { timeoutMs: 60_000 },
    );
    expect(event).toMatchObject({ camera_id: camera.id, model_id: EVENT_MODEL, clip_id: null });
    expect(event.event_metadata).toMatchObject({ model_version: expect.stringMatching(/./) as unknown });
    const snapshot = await app.vas.query('snapshots.get', { id: event.snapshot_id ?? '' });
    expect(Math.abs(Date.parse(snapshot.timestamp) - Date.parse(event.timestamp)), 'one frame').toBeLessThan(
      150,
    );

    const { containers, is_running } = await app.vas.query('model-containers.list', {});
    expect(is_running).toBe(true);
    const ours = containers.find(({ model_id }) => model_id === EVENT_MODEL);
    expect(ours?.state).toBe('ready');
    observed(
      `container: ${JSON.stringify({ latency: ours?.latency_ms, model: ours?.model_ms, busy: ours?.busy })}`,
    );
    expect(containers.filter(({ state }) => state !== 'stopped').map(({ model_id }) => model_id)).toEqual([
      EVENT_MODEL,
    ]);

    // A killed container is contained: video goes on, the model waits for a person.
    if (ours?.pid == null) throw new Error('the container has no process');
    process.kill(ours.pid, 'SIGKILL');
    // Noticed by the supervisor's look once a second, whatever Electron is told (containers.spec.ts).
    await until('the model is unavailable', async () => {
      const list = (await app.vas.query('model-containers.list', {})).containers;
      return list.find(({ model_id }) => model_id === EVENT_MODEL)?.state === 'unavailable';
    });
    expect((await app.vas.streamState(camera.id))?.phase).toBe('running');
    expect((await app.vas.streamState(camera.id))?.reconnects).toBe(0);
    await app.vas.command('model-containers.restart', { model_id: EVENT_MODEL });
    const ring = `/dev/shm/vas_frames_${camera.id}`;
    // The decoder may be between two runs on a busy machine.
    await until('frames are exported', () => existsSync(ring));
    await until('by this application', () => ringsOf(app).includes(ring));
    await app.close();
    expect(existsSync(ring), 'the ring goes with the application').toBe(false);
  });
});

test('INV-02: with the flag off there is nothing of it', async ({ server, launch }) => {
  const look = async ({ app, camera, watch }: People) => {
    await watch();
    expect((await app.vas.query('model-containers.list', {})).is_running).toBe(false);
    expect(app.family().filter((one) => /rawvideo|nut|mpegts/.test(one.commandLine))).toEqual([]);
    // Of this application: others may run beside it.
    expect(ringsOf(app)).toEqual([]);
    expect(readdirSync('/dev/shm').filter((name) => name.includes(camera.id))).toEqual([]);
  };
  await withPeople({ server, launch }, look, false);
});
