// @ts-check
// An ordinary user of the machine, and the installed application in its hands: with the sandbox, in a D-Bus
// session and under an X server of its own.
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

/** How long the first live picture may take, seconds. */
const PICTURE_WITHIN_S = 60;
/** How long it may take to end, seconds. */
const ENDS_WITHIN_S = 30;

/** @param {string} name @throws Error when there is such a user already */
export function createUser(name) {
  if (spawnSync('id', [name]).status === 0) throw new Error(`there is a user ${name} already`);
  const made = spawnSync('useradd', ['--create-home', '--shell', '/bin/bash', name], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`useradd: ${made.stderr}`);
  const uid = Number(spawnSync('id', ['-u', name], { encoding: 'utf8' }).stdout);
  const home = `/home/${name}`;

  /** @param {string[]} args @param {Record<string, string>} env */
  const start = (args, env) =>
    spawn(
      'runuser',
      [
        ...[
          '-u',
          name,
          '--',
          'env',
          '-i',
          `HOME=${home}`,
          `USER=${name}`,
          'PATH=/usr/bin:/bin',
          'LANG=C.UTF-8',
        ],
        ...Object.entries(env).map(([key, value]) => `${key}=${value}`),
        ...['xvfb-run', '-a', '-s', '-screen 0 1920x1080x24', 'dbus-run-session', '--'],
        ...['vas-workstation', ...args],
      ],
      { cwd: home, stdio: ['ignore', 'pipe', 'pipe'] },
    );
  const processes = () =>
    spawnSync('ps', ['-u', name, '-o', 'pid=,args='], { encoding: 'utf8' })
      .stdout.split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  /** The application's main process: the wrappers do not hand signals on. */
  const mainProcess = () =>
    processes().find(
      (line) =>
        / (\/usr\/lib\/vas-workstation\/|\/usr\/bin\/)?vas-workstation( |$)/.test(line) &&
        !/--type=|xvfb|dbus-run/.test(line),
    );

  return {
    name,
    uid,
    dataDir: join(home, '.config', 'VAS Workstation'),
    processes,
    /**
     * Adds the camera in the user's own profile and records until it was live for some seconds; then quits.
     * @param {string} camera @param {number} seconds
     */
    async record(camera, seconds) {
      const child = start([], { VAS_DEMO_CAMERA: camera, VAS_REPORT_FIRST_PICTURE: '1' });
      const ended = new Promise((resolve) => child.once('exit', resolve));
      let errors = '';
      child.stderr.setEncoding('utf8').on('data', (text) => (errors = (errors + text).slice(-4000)));
      const live = new Promise((resolve) =>
        createInterface({ input: child.stdout }).on('line', (line) => {
          if (line.trim() === 'first live picture') resolve(true);
        }),
      );
      const limit = new Promise((resolve) =>
        setTimeout(() => resolve(false), PICTURE_WITHIN_S * 1000).unref(),
      );
      const shown = await Promise.race([live, limit, ended.then(() => false)]);
      if (shown === true) await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
      const pid = Number(mainProcess()?.split(' ')[0]);
      if (pid > 0) process.kill(pid, 'SIGTERM');
      else child.kill();
      // One that could not start waits in a dialog of the desktop and hears nothing.
      const patience = setTimeout(() => pid > 0 && process.kill(pid, 'SIGKILL'), ENDS_WITHIN_S * 1000);
      await ended;
      clearTimeout(patience);
      if (shown !== true) throw new Error(`no live picture within ${PICTURE_WITHIN_S} s: ${errors}`);
    },
    /** @param {string} camera @returns {Promise<{ok: boolean, checks: {name: string, state: string, elapsed_ms: number, detail: any}[]}>} */
    async selfTest(camera) {
      const child = start(['--self-test'], { VAS_SELF_TEST_CAMERA: camera });
      let text = '';
      let errors = '';
      child.stdout.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      child.stderr.setEncoding('utf8').on('data', (chunk) => (errors = (errors + chunk).slice(-4000)));
      await new Promise((resolve) => child.once('close', resolve));
      try {
        return JSON.parse(text);
      } catch {
        throw new Error(`the self-test printed no report: ${text}${errors}`);
      }
    },
    remove() {
      for (const line of processes()) {
        try {
          process.kill(Number(line.split(' ')[0]), 'SIGKILL');
        } catch {
          // ended meanwhile
        }
      }
      spawnSync('userdel', ['--remove', name]);
    },
  };
}
