import { describe, expect, it } from 'vitest';
import { isKeyStoreFailure } from './ports';
import { clock, running, service, store } from './testing/stored';

const URL_A = 'rtsp://192.0.2.1:554/one';

describe('the streams that a camera service starts', () => {
  it('opens a sub-stream that somebody still needs again with the camera, and none of a stopped one', async () => {
    const cameras = service();
    const { id } = await cameras.create({ name: 'A', rtsp_url: URL_A, sub_rtsp_url: 'rtsp://192.0.2.1/sub' });
    const use = await cameras.acquireSub(id);
    await expect.poll(() => running.has(`${id}:sub`)).toBe(true);
    await cameras.stopStream(id);
    expect([...running.keys()]).toEqual([]);
    await cameras.startStream(id);
    expect([...running.keys()].sort()).toEqual([id, `${id}:sub`]);
    // Stopped and started from elsewhere, as a backup of the configuration does.
    await store.write.updateDevice(id, { isActive: false, nowUs: clock.wallUs() });
    await cameras.reload([{ id, reconnect: true }]);
    expect([...running.keys()]).toEqual([]);
    await store.write.updateDevice(id, { isActive: true, nowUs: clock.wallUs() });
    await cameras.reload([{ id, reconnect: true }]);
    expect([...running.keys()].sort()).toEqual([id, `${id}:sub`]);
    await cameras.stopStream(id);
    use.dispose();
    await clock.advance(10_000);
    await cameras.startStream(id);
    expect([...running.keys()]).toEqual([id]);
  });

  it('opens no sub-stream of a camera that was stopped at the same moment', async () => {
    const cameras = service();
    const { id } = await cameras.create({ name: 'A', rtsp_url: URL_A, sub_rtsp_url: 'rtsp://192.0.2.1/sub' });
    const stopping = cameras.stopStream(id);
    const use = await cameras.acquireSub(id).catch(() => null);
    await stopping;
    await cameras.update({ id, name: 'B' });
    expect([...running.keys()]).toEqual([]);
    use?.dispose();
    await clock.advance(10_000);
  });

  it('tells a key store that cannot open a password from a store that cannot be read', async () => {
    const { id } = await service().create({ name: 'Gate', rtsp_url: URL_A, username: 'op', password: 'x' });
    // A vault with another key, as after the key store was made anew.
    await service().start();
    const locked: unknown = await running
      .get(id)
      ?.endpoint()
      .catch((error: unknown) => error);
    expect(locked).toMatchObject({ kind: 'unavailable' });
    expect(isKeyStoreFailure(locked)).toBe(true);
    await store.dispose();
    const unread: unknown = await running
      .get(id)
      ?.endpoint()
      .catch((error: unknown) => error);
    expect(unread).toBeInstanceOf(Error);
    expect(isKeyStoreFailure(unread)).toBe(false);
  });
});
