import { expect, test } from 'vitest';
import fc from 'fast-check';
import { applicationSettings } from '../../contract/settings';
import { SimulatedClock } from '../base/simulatedClock';
import { silentLogger } from '../base/logger';
import { openStore } from '../store/store';
import { optionsFor, temporaryFolder } from '../store/testing/fixtures';
import { DEFAULT_SETTINGS } from './defaults';
import { environmentFlag, flagIsUnclear, frameExport } from './frameExport';
import { openSettings } from './settings';
import { readStored, SETTING_NAMES, toStored } from './stored';

test('every setting of the contract has a valid default', () => {
  expect(SETTING_NAMES).toEqual(Object.keys(applicationSettings.shape));
  expect(applicationSettings.parse(DEFAULT_SETTINGS)).toEqual(DEFAULT_SETTINGS);
});

test('what is stored is read back', () => {
  const chosen = { theme: 'light', retention_days: 30, frame_export: true } as const;
  const found = readStored({ ...toStored(chosen), 'secrets.accept_obfuscation': '1' });
  expect(found.settings).toEqual({ ...DEFAULT_SETTINGS, ...chosen });
  expect([...found.chosen].sort()).toEqual(['frame_export', 'retention_days', 'theme']);
  expect(found.damaged).toEqual([]);
});

test('damaged and unknown values fall back to their default and are named', () => {
  const found = readStored({
    'app.theme': '"neon"',
    'app.retention_days': '{"x":',
    'app.retention_bytes': '5',
    'app.__proto__': '1',
    'app.toString': '1',
    'app.clock': '"24h"',
  });
  expect(found.settings).toEqual({ ...DEFAULT_SETTINGS, clock: '24h' });
  expect([...found.damaged].sort()).toEqual([
    'app.__proto__',
    'app.retention_bytes',
    'app.retention_days',
    'app.theme',
    'app.toString',
  ]);
});

test('whatever stands in the table, the settings are complete and valid', () => {
  const key = fc.oneof(fc.constantFrom(...SETTING_NAMES.map((name) => `app.${name}`)), fc.string());
  const value = fc.oneof(fc.string(), fc.json());
  fc.assert(
    fc.property(fc.dictionary(key, value), (table) => {
      expect(applicationSettings.safeParse(readStored(table).settings).success).toBe(true);
    }),
  );
});

test.each([
  [undefined, false, { environment: null, effective: false }],
  [undefined, true, { environment: null, effective: true }],
  ['', true, { environment: null, effective: true }],
  ['false', true, { environment: false, effective: false }],
  [' TRUE ', false, { environment: true, effective: true }],
  ['1', false, { environment: true, effective: true }],
  ['off', true, { environment: false, effective: false }],
  ['maybe', true, { environment: null, effective: true }],
])('AI_FRAME_EXPORT_ENABLED=%s over %s', (value, stored, expected) => {
  const environment = { AI_FRAME_EXPORT_ENABLED: value };
  expect(frameExport(stored, environment)).toEqual({ stored, ...expected });
  expect(environmentFlag(environment)).toBe(expected.environment);
  expect(flagIsUnclear(environment)).toBe(value === 'maybe');
});

async function opened(environment: Record<string, string> = {}) {
  const dataDir = await temporaryFolder();
  const store = await openStore(optionsFor(dataDir));
  const open = () => openSettings({ store, clock: new SimulatedClock(), log: silentLogger(), environment });
  return { store, open, settings: await open() };
}

test('an update is kept, told, and there after the next start', async () => {
  const { store, settings, open } = await opened();
  const heard: [number | null, number | null][] = [];
  settings.onChanged(({ before, after }) => heard.push([before.retention_days, after.retention_days]));
  const state = await settings.update({ retention_days: 7, theme: undefined });
  expect(state.settings).toEqual({ ...DEFAULT_SETTINGS, retention_days: 7 });
  expect(state.chosen).toEqual(['retention_days']);
  expect(heard).toEqual([[null, 7]]);
  expect((await open()).current().retention_days).toBe(7);
  await store.dispose();
});

test('a store that cannot keep it leaves everything as it was', async () => {
  const { store, settings } = await opened();
  await store.dispose();
  await expect(settings.update({ theme: 'light' })).rejects.toMatchObject({ kind: 'unavailable' });
  expect(settings.current()).toEqual(DEFAULT_SETTINGS);
});

test('a listener that fails keeps neither the others nor the caller from the change', async () => {
  const { store, settings } = await opened();
  let heard = 0;
  settings.onChanged(() => {
    throw new Error('no');
  });
  settings.onChanged(() => heard++);
  await settings.update({ clock: '12h' });
  expect(heard).toBe(1);
  await store.dispose();
});

test('the frame export of this start stays what it was at the start', async () => {
  const { store, settings, open } = await opened();
  await settings.update({ frame_export: true });
  expect(settings.frameExport()).toEqual({
    stored: true,
    environment: null,
    effective: true,
    running: false,
  });
  expect((await open()).frameExport().running).toBe(true);
  await store.dispose();
});

test('the environment wins over what is stored', async () => {
  const { store, settings } = await opened({ AI_FRAME_EXPORT_ENABLED: 'true' });
  expect(settings.frameExport()).toEqual({
    stored: false,
    environment: true,
    effective: true,
    running: true,
  });
  await store.dispose();
});
