import { useState } from 'react';
import { useCommand } from '../../data/useCommand';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { FailureNotice } from '../../ui/FailureNotice';
import { toast } from '../../ui/toasts';
import type { NewPassword } from './NewPasswordFields';
import { NewPasswordFields, NO_PASSWORD, problemOf } from './NewPasswordFields';
import { SecretInput } from '../../ui/SecretInput';

/** The own password. */
export function ChangePassword({ onClose }: { readonly onClose: () => void }) {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState<NewPassword>(NO_PASSWORD);
  const [tried, setTried] = useState(false);
  const { run, running, error } = useCommand('session.change-password');
  const submit = async () => {
    setTried(true);
    if (problemOf(next) !== null) return;
    if (!(await run({ current, next: next.first })).ok) return;
    toast({ tone: 'ok', title: t('password.changed') });
    onClose();
  };
  return (
    <Dialog
      title={t('password.changeTitle')}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" isPending={running} onPress={() => void submit()}>
            {t('password.change')}
          </Button>
        </>
      }
    >
      <div className="entrance-form">
        <SecretInput
          label={t('password.current')}
          name="current-password"
          value={current}
          onChange={setCurrent}
          autoFocus
        />
        <NewPasswordFields value={next} onChange={setNext} isChecked={tried} />
        <FailureNotice title={t('password.failed')} error={error} />
      </div>
    </Dialog>
  );
}
