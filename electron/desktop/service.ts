import { execFile } from 'node:child_process';
import { VasError } from '../../main/base/errors';

const UNIT = 'vas-workstation.service';
const TIMEOUT_MS = 5_000;

export interface ServiceState {
  readonly available: boolean;
  readonly on: boolean;
  readonly reason: string | null;
}

export interface CrashRestart {
  state(): Promise<ServiceState>;
  /** Takes effect at the next login. @throws VasError unavailable */
  set(on: boolean): Promise<void>;
}

export interface Answer {
  /** Null when the program is missing or was ended. */
  readonly code: number | null;
  readonly output: string;
}

/** Runs `systemctl --user` with these arguments. */
export type Systemctl = (args: readonly string[]) => Promise<Answer>;

const systemctl: Systemctl = (args) =>
  new Promise((resolve) => {
    execFile(
      'systemctl',
      ['--user', '--no-pager', ...args],
      { timeout: TIMEOUT_MS },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
        resolve({ code, output: `${stdout}${stderr}`.trim() });
      },
    );
  });

/** The user service that the Debian package brings: it starts the application at login and after a crash. */
export function crashRestart(run: Systemctl = systemctl): CrashRestart {
  const unavailable = (reason: string): ServiceState => ({ available: false, on: false, reason });
  return {
    async state() {
      if (process.platform !== 'linux') return unavailable('Only on Linux with systemd.');
      const { code, output } = await run(['is-enabled', UNIT]);
      if (code === null) return unavailable('This system has no systemd.');
      if (/^(enabled|enabled-runtime|linked)$/m.test(output))
        return { available: true, on: true, reason: null };
      if (/^disabled$/m.test(output)) return { available: true, on: false, reason: null };
      if (/^masked/m.test(output)) return unavailable('The administrator has forbidden the service.');
      if (/failed to connect|no medium/i.test(output))
        return unavailable('No systemd runs for this user: log in to the desktop.');
      return unavailable('The service comes with the Debian package.');
    },
    async set(on) {
      const { code, output } = await run([on ? 'enable' : 'disable', UNIT]);
      if (code === 0) return;
      const last = output.split('\n').at(-1) ?? '';
      throw new VasError(
        'unavailable',
        `The service could not be ${on ? 'switched on' : 'switched off'}. ${last}`.trim(),
      );
    },
  };
}
