import { useState } from 'react';
import type { User } from '../../../contract';
import { useSession } from '../../data/SessionProvider';
import { useQuery } from '../../data/useQuery';
import { t } from '../../strings';
import { FailureNotice } from '../../ui/FailureNotice';
import { Busy } from '../../ui/Busy';
import { Button } from '../../ui/Button';
import { LockSettings } from './LockSettings';
import { ModeSetting } from './ModeSetting';
import { UserDialogs } from './UserDialogs';
import type { UserQuestion } from './UserDialogs';
import { UserRow } from './UserRow';
import './users.css';

/** How people are known here, who they are, and what they may do. */
export function UsersSection() {
  const session = useSession();
  const { data, error, refetch } = useQuery('users.list', {});
  const [question, ask] = useState<UserQuestion | null>(null);
  const signsIn = session?.mode === 'sign-in';
  const users: readonly User[] = data?.users ?? [];
  return (
    <>
      <ModeSetting signsIn={signsIn} />
      {signsIn ? (
        <>
          <LockSettings />
          <div className="users-head">
            <h3 className="settings-subtitle">{t('users.list')}</h3>
            <Button look="primary" onPress={() => ask({ kind: 'add' })}>
              {t('users.add')}
            </Button>
          </div>
          <FailureNotice title={t('users.failed')} error={error} onRetry={refetch} />
          {data === null && error === null ? <Busy text={t('users.loading')} /> : null}
          <ul className="users-list" aria-label={t('users.list')}>
            {users.map((user) => (
              <UserRow key={user.id} user={user} ask={ask} onChanged={refetch} />
            ))}
          </ul>
          <p className="setting-hint">{t('users.lost')}</p>
          <UserDialogs question={question} onClose={() => ask(null)} onChanged={refetch} />
        </>
      ) : null}
    </>
  );
}
