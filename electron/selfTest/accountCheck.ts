import type { Caller } from '../ipc/caller';
import type { Check } from './report';

const NAME = 'Self-test';
const PASSWORD = 'correct horse battery';

/** The configuration is kept and read again. */
export const backupCheck = (caller: Caller): Check => ({
  name: 'the configuration is kept and read again',
  limitMs: 60_000,
  async run() {
    const { saved } = await caller.command('backup.create', { passphrase: PASSWORD });
    const { opened } = await caller.command('backup.open', {});
    if (saved === null || opened === null) throw new Error('no backup was written');
    const request = { token: opened.token, ...(opened.has_passwords ? { passphrase: PASSWORD } : {}) };
    const { sections } = await caller.command('backup.preview', request);
    const differing = sections.filter(
      ({ added, changed, removed }) => added.length + changed.length + removed.length,
    );
    if (differing.length > 0)
      throw new Error(`the backup differs from what is there: ${JSON.stringify(differing)}`);
    return { bytes: saved.bytes, cameras: saved.cameras, sections: sections.length };
  },
});

/** An administrator signs in, and nobody with another password. The last check: the window asks from then on. */
export const signInCheck = (caller: Caller): Check => ({
  name: 'an administrator signs in',
  limitMs: 30_000,
  async run() {
    await caller.command('session.set-up', { mode: 'sign-in', name: NAME, password: PASSWORD });
    await caller.command('session.sign-out', {});
    const refused = await caller
      .command('session.sign-in', { name: NAME, password: `${PASSWORD}.` })
      .then(() => false)
      .catch(() => true);
    if (!refused) throw new Error('a wrong password was accepted');
    await caller.command('session.sign-in', { name: NAME, password: PASSWORD });
    return { wrong_password: 'refused' };
  },
});
