import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

export interface Keyring {
  /** Environment of programs that shall find the key store. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** A D-Bus session of its own with an unlocked GNOME keyring in a temporary folder. */
export async function startKeyring(): Promise<Keyring> {
  const home = await mkdtemp(path.join(tmpdir(), 'vas-keyring-'));
  const script = [
    'echo -n pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null',
    'echo "$DBUS_SESSION_BUS_ADDRESS"',
    // Lives until its owner closes standard input; with it the bus and everything on it ends.
    'cat >/dev/null',
  ].join('; ');
  const session = spawn('dbus-run-session', ['--', 'bash', '-c', script], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, XDG_DATA_HOME: home, XDG_RUNTIME_DIR: home },
  });
  const ended = new Promise<void>((resolve) => session.once('exit', () => resolve()));
  const address = await new Promise<string>((resolve, reject) => {
    createInterface({ input: session.stdout }).once('line', resolve);
    session.once('error', reject);
    session.once('exit', () => reject(new Error('The D-Bus session ended before it began.')));
  });
  return {
    env: { DBUS_SESSION_BUS_ADDRESS: address, XDG_DATA_HOME: home },
    async stop() {
      session.stdin.end();
      await ended;
      await rm(home, { recursive: true, force: true });
    },
  };
}
