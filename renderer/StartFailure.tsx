import { t } from './strings';
import { Notice } from './ui/Notice';
import './ui/tokens.css';
import './ui/base.css';

/** Shown instead of the application when the page cannot reach the main process at all. */
export function StartFailure() {
  return (
    <main className="start-failure">
      <Notice tone="bad" live="alert" title={t('failure.startTitle')}>
        {t('failure.startText')}
      </Notice>
    </main>
  );
}
