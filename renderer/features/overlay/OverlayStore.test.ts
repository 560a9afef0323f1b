import { expect, test } from 'vitest';
import type { OverlaySettings, Preferences } from '../../../contract';
import { OVERLAY_DEFAULTS, OverlayStore } from './OverlayStore';

function opened() {
  const saves: { settings: OverlaySettings; done: () => void; fail: () => void }[] = [];
  const failures: unknown[] = [];
  let adopt: ((stored: Preferences) => void) | null = null;
  const store = new OverlayStore({
    connect(listener) {
      adopt = listener;
      return () => (adopt = null);
    },
    save: (settings) =>
      new Promise((resolve, reject) =>
        saves.push({ settings, done: resolve, fail: () => reject(new Error()) }),
      ),
    onFailure: (error) => failures.push(error),
  });
  return {
    store,
    saves,
    failures,
    push: (stored: Preferences) => adopt?.(stored),
    isConnected: () => adopt !== null,
  };
}
const settled = () => new Promise((resolve) => setTimeout(resolve));

test('connected only while somebody listens', () => {
  const { store, isConnected } = opened();
  expect(isConnected()).toBe(false);
  const [first, second] = [store.subscribe(() => undefined), store.subscribe(() => undefined)];
  first();
  expect(isConnected()).toBe(true);
  second();
  expect(isConnected()).toBe(false);
});

test('a choice counts at once, the last one is saved, and older news do not undo it', async () => {
  const { store, saves, push } = opened();
  store.subscribe(() => undefined);
  store.change({ boxOpacity: 0.5 });
  store.change({ boxOpacity: 0.4 });
  store.change({ boxOpacity: 0.3 });
  expect(saves).toHaveLength(1);
  push({ overlay: { ...OVERLAY_DEFAULTS, boxOpacity: 0.5 } });
  expect(store.settings().boxOpacity).toBe(0.3);
  saves[0]?.done();
  await settled();
  expect(saves.map(({ settings }) => settings.boxOpacity)).toEqual([0.5, 0.3]);
  saves[1]?.done();
  await settled();
  push({ overlay: { ...OVERLAY_DEFAULTS, enabled: true } });
  expect(store.settings()).toEqual({ ...OVERLAY_DEFAULTS, enabled: true });
});

test('what cannot be saved is as it was', async () => {
  const { store, saves, failures, push } = opened();
  store.subscribe(() => undefined);
  push({ overlay: { ...OVERLAY_DEFAULTS, boxLineWidth: 4 } });
  store.change({ boxLineWidth: 9 });
  saves[0]?.fail();
  await settled();
  expect(store.settings().boxLineWidth).toBe(4);
  expect(failures).toHaveLength(1);
});

test('class names are remembered, not without end', () => {
  const { store } = opened();
  for (let index = 0; index < 1_000; index++) store.sawLabel(`class_${String(index)}`);
  expect(store.labels()).toHaveLength(100);
});
