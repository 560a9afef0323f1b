import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { h264 } from '../scripts/cameras/launches';
import { expect, test } from './fixtures';
import { startKeyring } from './support/keyring';
import { whenRunning } from './support/cameras';

test('with a real key store a password is kept without asking, and survives a restart', async ({
  server,
  launch,
}) => {
  const keyring = await startKeyring();
  const dataDir = await mkdtemp(path.join(tmpdir(), 'vas-e2e-'));
  const options = { dataDir, env: keyring.env, args: ['--password-store=gnome-libsecret'] };
  try {
    await server.mount({ path: '/kept', launch: h264(), user: 'op', password: 'p@ss:/#' });
    const first = await launch(options);
    expect(await first.vas.query('secrets.status', {})).toEqual({
      backend: 'gnome_libsecret',
      protection: 'strong',
      accepted: false,
    });
    const camera = await first.vas.command('devices.create', {
      name: 'Kept',
      rtsp_url: server.url('/kept'),
      username: 'op',
      password: 'p@ss:/#',
    });
    await whenRunning(first, camera.id);
    await first.close();

    const second = await launch(options);
    await whenRunning(second, camera.id);
    await second.close();
  } finally {
    await keyring.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
});
