import path from 'node:path';
import { APPLICATION } from '../audit/audit';
import { Watching } from '../audit/watching';
import { Passwords } from '../users/passwords';
import { Users } from '../users/users';
import { WorkstationSession } from '../users/workstationSession';
import type { Ground } from './ground';
import { systemUserName } from './systemUserName';

export interface People {
  readonly session: WorkstationSession;
  readonly users: Users;
  readonly watching: Watching;
}

/** Who is known here, who works here now, and what they watch. */
export async function openPeople({ options, store, audit, settings, clock, owned }: Ground): Promise<People> {
  const { log } = options;
  if (options.resetAdministrator) {
    await store.write.resetAdministrator();
    await audit.record({
      action: 'users.reset-administrator',
      by: { ...APPLICATION, name: systemUserName() },
    });
    log.warn('the administrator was reset');
  }
  const passwords = new Passwords(path.join(options.workersDir, 'password.worker.cjs'));
  const session = owned.add(
    await WorkstationSession.open({
      ...{ store, clock, audit, passwords, log },
      settings: () => ({
        lockAfterMinutes: settings.current().lock_after_minutes,
        showsWall: settings.current().lock_shows_wall,
      }),
      mayAsk: options.asksForUsers ?? true,
    }),
  );
  const users = new Users({ store, clock, passwords, session });
  const watching = owned.add(new Watching(audit, clock));
  let watcher = session.operator?.id;
  owned.add(
    session.onChanged(() => {
      if (watcher !== session.operator?.id) watching.end();
      watcher = session.operator?.id;
    }),
  );
  owned.add(
    settings.onChanged(({ before, after }) => {
      const keys = ['lock_after_minutes', 'lock_shows_wall'] as const;
      if (keys.some((key) => before[key] !== after[key])) void session.refresh();
    }),
  );
  return { session, users, watching };
}
