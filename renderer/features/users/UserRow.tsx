import type { User } from '../../../contract';
import { useCommand } from '../../data/useCommand';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { Menu } from '../../ui/Menu';
import { toast } from '../../ui/toasts';
import { MoreIcon } from '../../ui/icons';
import { momentText } from '../../ui/timeText';
import { KeyIcon, LeaveIcon, LockIcon, UserIcon } from './userIcons';
import type { UserQuestion } from './UserDialogs';
import { camerasText } from './camerasText';

export interface UserRowProps {
  readonly user: User;
  readonly ask: (question: UserQuestion) => void;
  readonly onChanged: () => void;
}

/** A user in the list, with what can be done. */
export function UserRow({ user, ask, onChanged }: UserRowProps) {
  const { run } = useCommand('users.update');
  const toggle = async () => {
    const done = await run({ id: user.id, is_disabled: !user.is_disabled });
    if (!done.ok) toast({ tone: 'bad', title: t('users.notSaved'), text: done.error.message });
    onChanged();
  };
  const seen =
    user.signed_in_at === null
      ? t('users.never')
      : t('users.lastSeen', { time: momentText(Date.parse(user.signed_in_at)) });
  return (
    <li className="user-row" data-testid="user-row">
      <UserIcon size={20} className={user.is_disabled ? 'user-off' : ''} />
      <div className="user-words">
        <p className="user-name">
          <span>{user.name}</span>
          {user.is_current ? <span className="user-tag">{t('users.you')}</span> : null}
          {user.is_disabled ? <span className="user-tag user-tag-off">{t('users.disabled')}</span> : null}
          {user.has_password ? null : <span className="user-tag user-tag-off">{t('users.noPassword')}</span>}
        </p>
        <p className="setting-hint">{`${t(`role.${user.role}`)} \u00b7 ${camerasText(user)} \u00b7 ${seen}`}</p>
      </div>
      <Button aria-label={t('users.edit', { name: user.name })} onPress={() => ask({ kind: 'edit', user })}>
        {t('users.editShort')}
      </Button>
      <Menu
        label={t('users.more', { name: user.name })}
        icon={<MoreIcon />}
        entries={[
          {
            id: 'reset',
            label: t('users.reset'),
            icon: KeyIcon,
            onAction: () => ask({ kind: 'reset', user }),
          },
          {
            id: 'disable',
            label: t(user.is_disabled ? 'users.enable' : 'users.disable'),
            icon: LockIcon,
            isDisabled: user.is_current,
            onAction: () => void toggle(),
          },
          {
            id: 'delete',
            label: t('users.delete'),
            icon: LeaveIcon,
            isDisabled: user.is_current,
            onAction: () => ask({ kind: 'delete', user }),
          },
        ]}
      />
    </li>
  );
}
