import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../base/logger';
import { bulkChange, createMany } from './bulk';
import { ACCEPT_OBFUSCATION } from './credentials';
import { clock, dataDir, events, probed, running, service, store } from './testing/stored';

const CANARY = "ca@na:ry/#%'42";
const URL_A = 'rtsp://192.0.2.1:554/one';

describe('camera service', () => {
  it('starts a new camera with the credentials it was given, and shows none of them', async () => {
    const cameras = service();
    const device = await cameras.create({ name: 'Gate', rtsp_url: URL_A, username: 'op', password: CANARY });
    expect(device).toMatchObject({
      name: 'Gate',
      username: 'op',
      has_password: true,
      is_active: true,
      recording: true,
    });
    expect(await running.get(device.id)?.endpoint()).toEqual({
      url: URL_A,
      transport: 'tcp',
      credentials: { username: 'op', password: CANARY },
    });
    expect(JSON.stringify([device, await cameras.list({ skip: 0, limit: 10 })])).not.toContain(CANARY);
    await store.dispose();
    for (const file of await readdir(dataDir)) {
      const bytes = await readFile(path.join(dataDir, file));
      expect(bytes.includes(CANARY), file).toBe(false);
    }
  });

  it('asks before it keeps a password that can only be obfuscated, and loses nothing', async () => {
    const cameras = service('obfuscation');
    const request = { name: 'Gate', rtsp_url: URL_A, username: 'op', password: CANARY };
    await expect(cameras.create(request)).rejects.toMatchObject({
      kind: 'conflict',
      details: { code: 'consent_required', backend: 'test' },
    });
    expect((await cameras.list({ skip: 0, limit: 10 })).total).toBe(0);
    await store.write.setSetting(ACCEPT_OBFUSCATION, '1', clock.wallUs());
    expect(await cameras.create(request)).toMatchObject({ has_password: true });
  });

  it('refuses a password where nothing can be kept, but not a camera without one', async () => {
    const cameras = service('none');
    await expect(
      cameras.create({ name: 'Gate', rtsp_url: URL_A, username: 'op', password: 'x' }),
    ).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await cameras.create({ name: 'Gate', rtsp_url: URL_A })).toMatchObject({ has_password: false });
  });

  it('restarts the stream for a new address only, and never for the recording switch', async () => {
    const cameras = service();
    const { id } = await cameras.create({ name: 'Gate', rtsp_url: URL_A });
    events.length = 0;
    await cameras.update({ id, name: 'North gate', recording: false });
    expect(events).toEqual([`recording ${id} false`]);
    events.length = 0;
    await cameras.update({ id, rtsp_url: 'rtsp://192.0.2.2/two' });
    expect(events).toEqual([`recording ${id} false`, `stop ${id}`, `start ${id}`]);
    expect((await running.get(id)?.endpoint())?.url).toBe('rtsp://192.0.2.2/two');
  });

  it('hands the schedule on with the switch, and forgets it with the camera', async () => {
    const cameras = service();
    const week = '1'.repeat(48).padEnd(336, '0');
    const { id } = await cameras.create({ name: 'Gate', rtsp_url: URL_A, schedule: week });
    expect(events).toContain(`recording ${id} true ${week}`);
    events.length = 0;
    expect(await cameras.update({ id, recording: false })).toMatchObject({ schedule: week });
    expect(await cameras.update({ id, schedule: '1'.repeat(336) })).toMatchObject({ schedule: null });
    expect(events).toEqual([`recording ${id} false ${week}`, `recording ${id} false`]);
    await cameras.delete(id);
    expect(events).toContain(`forget ${id}`);
  });

  it('keeps the password unless it is given or taken away', async () => {
    const cameras = service();
    const { id } = await cameras.create({ name: 'Gate', rtsp_url: URL_A, username: 'op', password: CANARY });
    await cameras.update({ id, name: 'Other' });
    expect((await running.get(id)?.endpoint())?.credentials?.password).toBe(CANARY);
    expect(await cameras.update({ id, password: null })).toMatchObject({ has_password: false });
    expect((await running.get(id)?.endpoint())?.credentials).toEqual({ username: 'op', password: '' });
  });

  it('uses the stored password in a validation that gives none', async () => {
    const cameras = service();
    const { id } = await cameras.create({ name: 'Gate', rtsp_url: URL_A, username: 'op', password: CANARY });
    await cameras.validate({ id, rtsp_url: URL_A, sub_rtsp_url: 'rtsp://192.0.2.1/sub', username: 'op' });
    await cameras.validate({ id, rtsp_url: URL_A });
    await cameras.validate({ id, rtsp_url: URL_A, username: 'other', password: 'typed' });
    expect(probed.map((endpoint) => [endpoint.url, endpoint.credentials])).toEqual([
      [URL_A, { username: 'op', password: CANARY }],
      ['rtsp://192.0.2.1/sub', { username: 'op', password: CANARY }],
      [URL_A, { username: 'op', password: CANARY }],
      [URL_A, { username: 'other', password: 'typed' }],
    ]);
  });

  it('stops, starts and deletes; at the next start only wanted cameras run', async () => {
    const cameras = service();
    const a = await cameras.create({ name: 'A', rtsp_url: URL_A });
    const b = await cameras.create({ name: 'B', rtsp_url: 'rtsp://192.0.2.2/two' });
    const c = await cameras.create({ name: 'C', rtsp_url: 'rtsp://192.0.2.3/three', start: false });
    expect(await cameras.stopStream(a.id)).toMatchObject({ is_active: false });
    await cameras.delete(b.id);
    expect([...running.keys()]).toEqual([]);
    expect(events).toContain(`drop buffer ${a.id}`);
    expect(events).toContain(`drop buffer ${b.id}`);
    await expect(cameras.get(b.id)).rejects.toMatchObject({ kind: 'not_found' });
    await cameras.startStream(c.id);
    running.clear();
    await service().start();
    expect([...running.keys()]).toEqual([c.id]);
  });

  it('opens a sub-stream only for running cameras that have one', async () => {
    const cameras = service();
    const { id } = await cameras.create({ name: 'A', rtsp_url: URL_A, sub_rtsp_url: 'rtsp://192.0.2.1/sub' });
    const use = await cameras.acquireSub(id);
    await expect.poll(() => running.has(`${id}:sub`)).toBe(true);
    use.dispose();
    await clock.advance(10_000);
    expect(running.has(`${id}:sub`)).toBe(false);
    await cameras.stopStream(id);
    await expect(cameras.acquireSub(id)).rejects.toMatchObject({ kind: 'unavailable' });
    const plain = await cameras.create({ name: 'B', rtsp_url: 'rtsp://192.0.2.2/two' });
    await expect(cameras.acquireSub(plain.id)).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('changes many cameras, and what fails for one keeps no other from it', async () => {
    const cameras = service();
    const made = await createMany(
      cameras,
      {
        cameras: [
          { name: 'A', rtsp_url: URL_A, groups: ['Gates'] },
          { name: 'Twin', rtsp_url: URL_A },
          { name: 'B', rtsp_url: 'rtsp://192.0.2.2/two', groups: ['gates', 'Yard'] },
        ],
      },
      silentLogger(),
    );
    expect(made).toMatchObject([
      { ok: true, device: { name: 'A', groups: ['Gates'] } },
      { ok: false, message: 'Another camera already has this address.', code: null },
      { ok: true, device: { name: 'B', groups: ['Gates', 'Yard'] } },
    ]);
    const ids = [...running.keys()];
    const gone = '00000000-0000-4000-8000-000000000000';
    const change = (action: 'stop' | 'record' | 'stop-recording' | 'delete') =>
      bulkChange(cameras, { ids: [...ids, gone], action }, silentLogger());
    expect(await change('stop')).toEqual([
      ...ids.map((id) => ({ id, error: null })),
      { id: gone, error: 'There is no such camera. It may have been deleted.' },
    ]);
    expect(running.size).toBe(0);
    await change('stop-recording');
    const { devices } = await cameras.list({ skip: 0, limit: 10 });
    expect(devices.map(({ recording }) => recording)).toEqual([false, false]);
    await change('delete');
    expect((await cameras.list({ skip: 0, limit: 10 })).total).toBe(0);
  });

  it('answers for each camera when passwords need consent', async () => {
    const request = { name: 'A', rtsp_url: URL_A, password: CANARY };
    expect(await createMany(service('obfuscation'), { cameras: [request] }, silentLogger())).toMatchObject([
      { ok: false, code: 'consent_required' },
    ]);
  });

  it('copies a camera with the password of another, which nobody sees', async () => {
    const cameras = service();
    const { id } = await cameras.create({ name: 'A', rtsp_url: URL_A, username: 'op', password: CANARY });
    const copy = await cameras.create({
      name: 'B',
      rtsp_url: 'rtsp://192.0.2.2/two',
      username: 'op',
      copy_password_from: id,
    });
    expect(JSON.stringify(copy)).not.toContain(CANARY);
    expect((await running.get(copy.id)?.endpoint())?.credentials).toEqual({
      username: 'op',
      password: CANARY,
    });
  });
});
