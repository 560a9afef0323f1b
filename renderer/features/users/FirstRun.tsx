import { useState } from 'react';
import { useCommand } from '../../data/useCommand';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { FailureNotice } from '../../ui/FailureNotice';
import { AdministratorForm } from './AdministratorForm';
import { Entrance } from './Entrance';
import { lastUser } from './lastUser';

/** Asked once, at the first start: with or without signing in. */
export function FirstRun() {
  const [isCreating, setCreating] = useState(false);
  const { run, running, error } = useCommand('session.set-up');
  const failure = <FailureNotice title={t('firstRun.failed')} error={error} />;
  if (isCreating)
    return (
      <Entrance title={t('firstRun.administrator')} text={t('firstRun.administratorText')}>
        <AdministratorForm
          isBusy={running}
          failure={failure}
          cancel={t('firstRun.back')}
          onCancel={() => setCreating(false)}
          onSubmit={(name, password) => {
            lastUser.remember(name);
            void run({ mode: 'sign-in', name, password });
          }}
        />
      </Entrance>
    );
  return (
    <Entrance title={t('firstRun.title')} text={t('firstRun.text')} isWide>
      <div className="first-choices">
        <section className="first-choice">
          <h2>{t('firstRun.singleTitle')}</h2>
          <p>{t('firstRun.singleText')}</p>
          <Button autoFocus isPending={running} onPress={() => void run({ mode: 'single' })}>
            {t('firstRun.single')}
          </Button>
        </section>
        <section className="first-choice">
          <h2>{t('firstRun.signInTitle')}</h2>
          <p>{t('firstRun.signInText')}</p>
          <Button onPress={() => setCreating(true)}>{t('firstRun.signIn')}</Button>
        </section>
      </div>
      {failure}
    </Entrance>
  );
}
