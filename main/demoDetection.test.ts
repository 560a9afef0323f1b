import { expect, test } from 'vitest';
import type { Assignment, Preferences, RequestOf } from '../contract';
import { overlaySettings } from '../contract/preferences';
import { ensureDemoDetection } from './demoDetection';

function parts(stored: Preferences) {
  let preferences = stored;
  const created: RequestOf<'ai-model-assignments.create'>[] = [];
  return {
    created,
    overlay: () => preferences.overlay,
    assignments: {
      create(request: RequestOf<'ai-model-assignments.create'>) {
        created.push(request);
        return Promise.resolve({} as Assignment);
      },
    },
    preferences: {
      get: () => Promise.resolve(preferences),
      set: (patch: Preferences) => Promise.resolve((preferences = { ...preferences, ...patch })),
    },
  };
}

test('the demo looks for people and vehicles and shows them', async () => {
  const demo = parts({});
  await ensureDemoDetection(demo, 'camera');
  expect(demo.created).toMatchObject([
    {
      camera_id: 'camera',
      enabled: true,
      desired_fps: 5,
      rules: { labels: expect.arrayContaining(['person']) as unknown },
    },
  ]);
  expect(demo.overlay()).toMatchObject({ enabled: true, visibleModels: [] });
  await ensureDemoDetection(demo, 'camera');
  expect(demo.created, 'once').toHaveLength(1);
});

test('what the user has switched off stays off', async () => {
  const demo = parts({ overlay: overlaySettings.parse({ enabled: false }) });
  await ensureDemoDetection(demo, 'camera');
  expect(demo.created).toEqual([]);
  expect(demo.overlay()?.enabled).toBe(false);
});
