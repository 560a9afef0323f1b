import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runProgram } from './process';

/** A self-signed certificate as cameras have them, in a folder of its own. */
export async function makeCertificate(): Promise<{ cert: string; key: string; dispose(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vas-camera-tls-'));
  const cert = path.join(folder, 'cert.pem');
  const key = path.join(folder, 'key.pem');
  await runProgram('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
    ...['-days', '2', '-subj', '/CN=camera.test', '-keyout', key, '-out', cert],
  ]);
  return { cert, key, dispose: () => rm(folder, { recursive: true, force: true }) };
}
