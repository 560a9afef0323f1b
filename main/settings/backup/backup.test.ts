import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { assignmentRules } from '../../../contract/assignments';
import { onBehalfOf } from '../../base/caller';
import { SimulatedClock } from '../../base/simulatedClock';
import { silentLogger } from '../../base/logger';
import { openStore } from '../../store/store';
import { device, optionsFor, temporaryFolder, uuid } from '../../store/testing/fixtures';
import type { Store } from '../../store/types';
import { toStored } from '../stored';
import { ConfigurationBackup } from './backup';
import type { RestoredCamera } from './restoredCameras';

const NOW_US = 1_800_000_000_000_000;
const PASSPHRASE = 'correct horse battery';
const WINDOW = '1';

/** A workstation with a real store, a vault that turns passwords around and dialogs that answer `file`. */
async function workstation(file: { path: string | null }) {
  const dataDir = path.join(await temporaryFolder(), 'data');
  const store = await openStore(optionsFor(dataDir));
  onTestFinished(() => store.dispose());
  const restored: RestoredCamera[][] = [];
  const turned = (text: string) => [...text].reverse().join('');
  const sealOf = (password: string) => Uint8Array.from(Buffer.from(turned(password)));
  const backup = new ConfigurationBackup({
    ...{ store, dataDir, version: '0.1.0', clock: new SimulatedClock(NOW_US), log: silentLogger() },
    workerPath: path.resolve('dist/workers/backup.worker.cjs'),
    passwords: {
      async open(id) {
        const sealed = await store.read.getSealedPassword(id);
        return sealed && turned(Buffer.from(sealed).toString());
      },
      seal: (password) => Promise.resolve(sealOf(password)),
    },
    dialogs: {
      chooseFolder: () => Promise.resolve(null),
      saveFile: () => Promise.resolve(file.path),
      openFile: () => Promise.resolve(file.path),
      showFolder: () => Promise.resolve(),
    },
    onRestored: (cameras) => Promise.resolve(void restored.push([...cameras])),
  });
  const open = async () => {
    const { opened } = await backup.open(WINDOW);
    if (!opened) throw new Error('cancelled');
    return opened;
  };
  return { store, backup, dataDir, restored, sealOf, open };
}

const MODEL = 'people';
const RULES = assignmentRules.parse({
  zones: [
    {
      name: 'Door',
      points: [
        [0, 0],
        [0.5, 0],
        [0.5, 1],
      ],
    },
  ],
});
const putModel = (store: Store) =>
  store.write.putModel({
    ...{ modelId: MODEL, name: 'People', version: '1', description: null, supportedTasks: '[]' },
    ...{ configSchema: null, nowUs: 1 },
  });
const assignmentsOf = async ({ store }: { readonly store: Store }) =>
  (await store.read.listAssignments({ offset: 0, limit: 10 })).rows;

async function filled(file: { path: string | null }) {
  const at = await workstation(file);
  const { write } = at.store;
  await write.createGroup('Empty', [], 1);
  await write.createDevice(
    device(1, { groups: ['North'], username: 'v', sealedPassword: at.sealOf('secret1') }),
  );
  await write.createDevice(device(2, { recording: false }));
  await write.createLayout({
    ...{ id: uuid(50), name: 'Wall', kind: '1', tiles: [{ deviceId: uuid(1), place: null }], nowUs: 1 },
  });
  await write.setSettings({ ...toStored({ theme: 'light' }), 'secrets.accept_obfuscation': '1' }, 1);
  await write.setSetting('events.clip_triggers', 'on', 1);
  await putModel(at.store);
  await write.createAssignment({
    ...{ id: uuid(60), cameraId: uuid(2), modelId: MODEL, enabled: true, desiredFps: 5, priority: null },
    ...{ parameters: '{"threshold":0.5}', rules: JSON.stringify(RULES), nowUs: 1 },
  });
  return at;
}

const file = async () => ({ path: path.join(await temporaryFolder(), 'backup.json') });
const devicesOf = async ({ store }: Awaited<ReturnType<typeof workstation>>) =>
  (await store.read.listDevices()).rows;

test('a fresh workstation becomes what the backup was, passwords included', async () => {
  const at = await file();
  const from = await filled(at);
  expect((await from.backup.create({ passphrase: PASSPHRASE })).saved).toMatchObject({
    cameras: 2,
    passwords: 1,
  });
  const text = await readFile(at.path, 'utf8');
  for (const secret of ['secret1', '1terces', PASSPHRASE]) expect(text).not.toContain(secret);
  const to = await workstation(at);
  await putModel(to.store);
  const opened = await to.open();
  expect(opened).toMatchObject({ path: at.path, application: '0.1.0', has_passwords: true });
  const request = { token: opened.token, passphrase: PASSPHRASE, remove_missing: false };
  const preview = await to.backup.preview(request, WINDOW);
  expect(preview.passwords).toBe(1);
  expect(preview.sections).toEqual([
    { section: 'groups', added: ['Empty', 'North'], changed: [], removed: [], same: 0 },
    { section: 'cameras', added: ['Camera 1', 'Camera 2'], changed: [], removed: [], same: 0 },
    { section: 'layouts', added: ['Wall'], changed: [], removed: [], same: 0 },
    { section: 'settings', added: ['theme'], changed: [], removed: [], same: 0 },
    { section: 'preferences', added: [], changed: [], removed: [], same: 0 },
    { section: 'assignments', added: ['Camera 2: people'], changed: [], removed: [], same: 0 },
    { section: 'event_triggers', added: ['clips'], changed: [], removed: [], same: 0 },
    { section: 'users', added: [], changed: [], removed: [], same: 1 },
  ]);
  expect(await devicesOf(to), 'a preview changes nothing').toEqual([]);
  await to.backup.restore(request, WINDOW);
  const strip = (rows: Awaited<ReturnType<typeof devicesOf>>) =>
    rows.map((row) => ({ ...row, createdUs: 0, updatedUs: 0 })).sort((a, b) => (a.id < b.id ? -1 : 1));
  expect(strip(await devicesOf(to))).toEqual(strip(await devicesOf(from)));
  expect(await to.store.read.getSealedPassword(uuid(1))).toEqual(from.sealOf('secret1'));
  expect((await to.store.read.listLayouts())[0]?.tiles).toEqual([{ deviceId: uuid(1), place: null }]);
  expect(
    (await assignmentsOf(to)).map((row) => ({ ...row, rules: JSON.parse(row.rules) as unknown })),
  ).toMatchObject([
    { cameraId: uuid(2), modelId: MODEL, desiredFps: 5, parameters: '{"threshold":0.5}', rules: RULES },
  ]);
  const settings = await to.store.read.listSettings();
  expect(settings['events.clip_triggers']).toBe('on');
  expect(settings).toMatchObject({ 'app.theme': '"light"' });
  expect(settings).not.toHaveProperty(['secrets.accept_obfuscation']);
  expect(to.restored[0]?.every(({ reconnect }) => reconnect)).toBe(true);
  const again = await to.open();
  const same = await to.backup.preview({ ...request, token: again.token, remove_missing: true }, WINDOW);
  for (const { added, changed, removed } of same.sections)
    expect([added, changed, removed]).toEqual([[], [], []]);
});

test('what was before can be brought back; cameras that did not change are not touched', async () => {
  const at = await file();
  const from = await filled(at);
  await from.backup.create({});
  await from.store.write.updateDevice(uuid(1), { name: 'Renamed', nowUs: 2 });
  await from.store.write.createDevice(device(3));
  const opened = await from.open();
  const request = { token: opened.token, remove_missing: true };
  const { sections, kept } = await from.backup.restore(request, WINDOW);
  expect(sections.find(({ section }) => section === 'cameras')).toEqual({
    ...{ section: 'cameras', added: [], changed: ['Camera 1'], removed: ['Camera 3'], same: 1 },
  });
  expect(from.restored[0]).toEqual([
    { id: uuid(1), reconnect: false },
    { id: uuid(3), reconnect: true },
  ]);
  expect((await devicesOf(from)).find(({ id }) => id === uuid(1))?.hasPassword, 'kept').toBe(true);
  at.path = kept;
  const back = await from.open();
  await from.backup.restore({ token: back.token, remove_missing: true }, WINDOW);
  const names = (await devicesOf(from)).map(({ name }) => name).sort();
  expect(names).toEqual(['Camera 2', 'Camera 3', 'Renamed']);
});

test('a camera with the same address is the same one, and layouts follow it; a deleted id is not used again', async () => {
  const at = await file();
  const from = await filled(at);
  await from.backup.create({});
  const to = await workstation(at);
  await to.store.write.createDevice(device(9, { rtspUrl: 'rtsp://192.0.2.1/stream1', name: 'Own' }));
  await to.store.write.createDevice(device(2, { rtspUrl: 'rtsp://192.0.2.9/old' }));
  await to.store.write.deleteDevice(uuid(2), 5);
  const opened = await to.open();
  await to.backup.restore({ token: opened.token, remove_missing: false }, WINDOW);
  const rows = await devicesOf(to);
  expect(rows.map(({ name }) => name).sort()).toEqual(['Camera 1', 'Camera 2']);
  expect(rows.find(({ name }) => name === 'Camera 1')?.id).toBe(uuid(9));
  expect(rows.find(({ name }) => name === 'Camera 2')?.id).not.toBe(uuid(2));
  expect((await to.store.read.listLayouts())[0]?.tiles).toEqual([{ deviceId: uuid(9), place: null }]);
});

test('assignments are changed, removed with their camera or alone, and left out without their model', async () => {
  const at = await file();
  const from = await filled(at);
  await from.backup.create({});
  const restore = async (to: typeof from) => {
    const opened = await to.open();
    return to.backup.restore({ token: opened.token, remove_missing: true }, WINDOW);
  };
  await from.store.write.updateAssignment(uuid(60), { enabled: false, nowUs: 2 });
  for (const [id, camera] of [
    [61, 1],
    [62, 3],
  ] as const) {
    if (camera === 3) await from.store.write.createDevice(device(3));
    await from.store.write.createAssignment({
      ...{ id: uuid(id), cameraId: uuid(camera), modelId: MODEL, enabled: true, desiredFps: null },
      ...{ priority: null, parameters: null, rules: '{}', nowUs: 2 },
    });
  }
  const { sections } = await restore(from);
  expect(sections.find(({ section }) => section === 'assignments')).toEqual({
    section: 'assignments',
    ...{ added: [], changed: ['Camera 2: people'] },
    ...{ removed: ['Camera 1: people', 'Camera 3: people'], same: 0 },
  });
  expect(await assignmentsOf(from)).toMatchObject([{ id: uuid(60), enabled: true }]);
  const other = await workstation(at);
  await restore(other);
  expect(await assignmentsOf(other), 'there is no such model here').toEqual([]);
  expect(await devicesOf(other)).toHaveLength(2);
});

test('whoever restores stays what they are, and what is kept for others stays as it is', async () => {
  const at = await file();
  const ben = {
    ...{ id: uuid(70), name: 'Ben', role: 'administrator' as const, access: 'all' as const },
    ...{ cameras: [], password: null, nowUs: 1 },
  };
  const keysOf = async ({ store }: typeof from, id: string) => store.read.getSetting(`user.${id}.keys`);
  const keep = ({ store }: typeof from, id: string, key: string) =>
    store.write.setSetting(`user.${id}.keys`, JSON.stringify({ 'tile.clip': [key] }), 1);
  const from = await filled(at);
  await from.store.write.createUser({ ...ben, role: 'viewer' });
  await keep(from, ben.id, 'B');
  await onBehalfOf(ben, () => from.backup.create({}));
  const to = await workstation(at);
  await to.store.write.createUser(ben);
  const anna = (await to.store.read.localUser()).id;
  await keep(to, anna, 'A');
  const restore = async () => {
    const { token } = await to.open();
    await onBehalfOf(ben, () => to.backup.restore({ token, remove_missing: true }, WINDOW));
  };
  await restore();
  expect(await to.store.read.findUser('Ben')).toMatchObject({ role: 'administrator', deletedUs: null });
  expect(await keysOf(to, ben.id), 'of the file').toBe('{"tile.clip":["B"]}');
  expect(await keysOf(to, anna)).toBe('{"tile.clip":["A"]}');
});

test('one entry that the store refuses undoes everything', async () => {
  const at = await file();
  const from = await filled(at);
  await from.backup.create({});
  const to = await workstation(at);
  // Camera 1 is known here by its id; its address in the file belongs to another camera by now.
  await to.store.write.createDevice(device(1, { rtspUrl: 'rtsp://192.0.2.1/elsewhere' }));
  await to.store.write.createDevice(device(8, { rtspUrl: 'rtsp://192.0.2.1/stream1' }));
  const before = await devicesOf(to);
  const opened = await to.open();
  await expect(to.backup.restore({ token: opened.token, remove_missing: false }, WINDOW)).rejects.toThrow(
    'already has this address',
  );
  expect(await devicesOf(to)).toEqual(before);
  expect(await to.store.read.listGroups()).toEqual([]);
  expect(to.restored).toEqual([]);
});

test('refusals say why and change nothing', async () => {
  const at = await file();
  const from = await filled(at);
  await from.backup.create({ passphrase: PASSPHRASE });
  const opened = await from.open();
  const request = { token: opened.token, passphrase: 'not the passphrase', remove_missing: false };
  await expect(from.backup.restore(request, WINDOW)).rejects.toMatchObject({
    ...{ kind: 'invalid', details: { code: 'wrong_passphrase' } },
  });
  await expect(from.backup.preview({ ...request, passphrase: PASSPHRASE }, 'other window')).rejects.toThrow(
    'Choose again',
  );
  await writeFile(at.path, (await readFile(at.path, 'utf8')).replace('Camera 1', 'Camera X'));
  await expect(from.backup.open(WINDOW)).rejects.toThrow('checksum does not fit');
  at.path = path.dirname(at.path);
  await expect(from.backup.open(WINDOW)).rejects.toMatchObject({
    kind: expect.stringMatching(/invalid|unavail/) as string,
  });
  at.path = path.join(at.path, 'missing.json');
  await expect(from.backup.open(WINDOW)).rejects.toMatchObject({ kind: 'unavailable' });
  at.path = null as never;
  expect(await from.backup.open(WINDOW)).toEqual({ opened: null });
  expect(await from.backup.create({})).toEqual({ saved: null });
});

test('a folder that cannot be written leaves no half file', async () => {
  const folder = await temporaryFolder();
  const at = { path: path.join(folder, 'no', 'backup.json') };
  const from = await filled(at);
  await expect(from.backup.create({})).rejects.toMatchObject({ kind: 'unavailable' });
  expect(await readdir(folder)).toEqual([]);
});
