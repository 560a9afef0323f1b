import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface SelfTestRequest {
  /** A profile of its own, removed at the end: user data is never touched. */
  readonly dataDir: string;
  /** Address of a camera to be recorded and shown; null: everything but the camera is tested. */
  readonly camera: string | null;
}

const SWITCH = '--self-test';
const CAMERA_SWITCH = '--self-test-camera=';

/**
 * What `vas-workstation --self-test` was asked for; null in an ordinary start. The camera's address stands in
 * --self-test-camera=URL or, where it carries a password, in VAS_SELF_TEST_CAMERA: every user of the computer
 * can read the arguments of a process, only its own user the environment.
 */
export function selfTestRequest(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): SelfTestRequest | null {
  if (!argv.includes(SWITCH)) return null;
  const given = argv.find((argument) => argument.startsWith(CAMERA_SWITCH))?.slice(CAMERA_SWITCH.length);
  const camera = given ?? env['VAS_SELF_TEST_CAMERA'] ?? '';
  // Everything is tested: model containers exist only while frames are exported.
  process.env['AI_FRAME_EXPORT_ENABLED'] = 'true';
  const dataDir = mkdtempSync(path.join(tmpdir(), 'vas-self-test-'));
  discardAfterwards(dataDir);
  return { dataDir, camera: camera === '' ? null : camera };
}

/** Arguments: our process id, the folder. Ends by itself right after us. */
const DISCARD = 'while kill -0 "$1" 2>/dev/null; do sleep 0.2; done; sleep 1; rm -rf -- "$2"';

/**
 * Removes the profile when this process has ended, however it ends: Chromium's helpers write into it until the
 * very last moment, so nothing inside this process could. Windows clears its temporary folder itself.
 */
function discardAfterwards(dataDir: string): void {
  if (process.platform === 'win32') return;
  spawn('/bin/sh', ['-c', DISCARD, 'sh', String(process.pid), dataDir], {
    detached: true,
    stdio: 'ignore',
    cwd: '/',
  }).unref();
}
