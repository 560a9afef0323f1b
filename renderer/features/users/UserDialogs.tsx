import { useState } from 'react';
import type { User } from '../../../contract';
import { useCommand } from '../../data/useCommand';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { Dialog } from '../../ui/Dialog';
import { FailureNotice } from '../../ui/FailureNotice';
import type { NewPassword } from './NewPasswordFields';
import { NewPasswordFields, NO_PASSWORD, problemOf } from './NewPasswordFields';
import { UserEditor } from './UserEditor';

/** What is asked about users. */
export type UserQuestion =
  { readonly kind: 'add' } | { readonly kind: 'edit' | 'reset' | 'delete'; readonly user: User };

export interface UserDialogsProps {
  readonly question: UserQuestion | null;
  readonly onClose: () => void;
  readonly onChanged: () => void;
}

/** The dialog of a question about users. */
export function UserDialogs({ question, onClose, onChanged }: UserDialogsProps) {
  const done = () => {
    onChanged();
    onClose();
  };
  if (question === null) return null;
  if (question.kind === 'add') return <UserEditor user={null} onClose={onClose} onSaved={done} />;
  if (question.kind === 'edit') return <UserEditor user={question.user} onClose={onClose} onSaved={done} />;
  if (question.kind === 'reset')
    return <ResetPassword user={question.user} onClose={onClose} onSaved={done} />;
  return <DeleteUser user={question.user} onClose={onClose} onSaved={done} />;
}

interface OneUserProps {
  readonly user: User;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

function ResetPassword({ user, onClose, onSaved }: OneUserProps) {
  const [password, setPassword] = useState<NewPassword>(NO_PASSWORD);
  const [tried, setTried] = useState(false);
  const { run, running, error } = useCommand('users.reset-password');
  const submit = async () => {
    setTried(true);
    if (problemOf(password) === null && (await run({ id: user.id, password: password.first })).ok) onSaved();
  };
  return (
    <Dialog
      title={t('users.resetTitle', { name: user.name })}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" isPending={running} onPress={() => void submit()}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <div className="user-form">
        <NewPasswordFields value={password} onChange={setPassword} isChecked={tried} />
        <FailureNotice title={t('users.notSaved')} error={error} />
      </div>
    </Dialog>
  );
}

function DeleteUser({ user, onClose, onSaved }: OneUserProps) {
  const { run, running, error } = useCommand('users.delete');
  const submit = async () => {
    if ((await run({ id: user.id })).ok) onSaved();
  };
  return (
    <ConfirmDialog
      title={t('users.deleteTitle', { name: user.name })}
      action={t('users.deleteAction')}
      look="danger"
      isBusy={running}
      onConfirm={() => void submit()}
      onCancel={onClose}
    >
      <p>{t('users.deleteText', { name: user.name })}</p>
      <FailureNotice title={t('users.notSaved')} error={error} />
    </ConfirmDialog>
  );
}
