import { useEffect } from 'react';
import { useAlerts } from '../../data/AlertsProvider';
import { useNowSeconds } from '../../data/useNow';
import { useAction, useKeys } from '../../keys/useAction';
import { ariaKeys } from '../../keys/keyText';
import { plural, t } from '../../strings';
import { Button } from '../../ui/Button';
import { ErrorIcon, WarningIcon } from '../../ui/icons';
import { AlertAnnouncer } from './AlertAnnouncer';
import { listsOf } from './alertLists';
import { useAlertPlace } from './AlertPlace';
import { alertAdvice, alertTitle, periodText, toneOf } from './alertText';
import { useAcknowledge } from './useAcknowledge';

/** The most urgent alert, over the whole width of the window; it takes its own space and covers nothing. */
export function AlertBanner() {
  const { open } = listsOf(useAlerts());
  const { toggle } = useAlertPlace();
  const acknowledge = useAcknowledge();
  const keys = useKeys('alerts.acknowledge');
  const [first, ...more] = open;
  const isShown = first !== undefined;

  useAction('alerts.panel', toggle);
  useAction('alerts.acknowledge', () => void acknowledge(first === undefined ? [] : [first.id]), {
    enabled: isShown,
  });
  useEffect(() => {
    if (!isShown) return;
    document.documentElement.dataset['alertBanner'] = 'true';
    return () => {
      delete document.documentElement.dataset['alertBanner'];
    };
  }, [isShown]);

  const Icon = first?.severity === 'urgent' ? ErrorIcon : WarningIcon;
  return (
    <>
      <AlertAnnouncer alert={first ?? null} />
      {first === undefined ? null : (
        <section
          className={`alert-banner alert-${toneOf(first)}`}
          aria-label={t('alerts.region')}
          data-testid="alert-banner"
          data-kind={first.kind}
        >
          <Icon size={20} className="alert-icon" />
          <p className="alert-banner-title">{alertTitle(first)}</p>
          <Period alert={first} />
          <p className="alert-banner-advice" title={alertAdvice(first)}>
            {alertAdvice(first)}
          </p>
          <Button
            needs="alerts.acknowledge"
            onPress={() => void acknowledge([first.id])}
            {...(keys.length === 0 ? {} : { 'aria-keyshortcuts': ariaKeys(keys) })}
          >
            {t('alerts.acknowledge')}
          </Button>
          <Button look="quiet" className="alert-banner-more" onPress={toggle}>
            {more.length === 0 ? t('alerts.showAll') : plural('alerts.more', more.length)}
          </Button>
        </section>
      )}
    </>
  );
}

/** On its own, so that passing seconds draw nothing else. */
function Period({ alert }: { readonly alert: Parameters<typeof periodText>[0] }) {
  return <p className="alert-banner-time numeric">{periodText(alert, useNowSeconds() * 1000)}</p>;
}
