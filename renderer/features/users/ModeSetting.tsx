import { useState } from 'react';
import { useCommand } from '../../data/useCommand';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { Dialog } from '../../ui/Dialog';
import { FailureNotice } from '../../ui/FailureNotice';
import { SettingRow } from '../settings/SettingRow';
import { AdministratorForm } from './AdministratorForm';

/** With or without signing in. */
export function ModeSetting({ signsIn }: { readonly signsIn: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const { run, running, error, reset } = useCommand('session.set-up');
  const close = () => {
    setOpen(false);
    reset();
  };
  const choose = async (request: Parameters<typeof run>[0]) => {
    if ((await run(request)).ok) close();
  };
  const failure = <FailureNotice title={t('firstRun.failed')} error={error} />;
  return (
    <SettingRow title={t('users.mode')} hint={t(signsIn ? 'users.modeSignIn' : 'users.modeSingle')}>
      <Button onPress={() => setOpen(true)}>{t(signsIn ? 'users.toSingle' : 'users.toSignIn')}</Button>
      {isOpen && signsIn ? (
        <ConfirmDialog
          title={t('users.toSingleTitle')}
          action={t('firstRun.single')}
          look="danger"
          isBusy={running}
          onConfirm={() => void choose({ mode: 'single' })}
          onCancel={close}
        >
          <p>{t('users.toSingleText')}</p>
          {failure}
        </ConfirmDialog>
      ) : null}
      {isOpen && !signsIn ? (
        <Dialog title={t('firstRun.administrator')} onClose={close} footer={null}>
          <AdministratorForm
            isBusy={running}
            failure={failure}
            cancel={t('common.cancel')}
            onCancel={close}
            onSubmit={(name, password) => void choose({ mode: 'sign-in', name, password })}
          />
        </Dialog>
      ) : null}
    </SettingRow>
  );
}
