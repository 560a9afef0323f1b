import { useEffect, useRef } from 'react';
import type { Alert } from '../../../contract';
import { useAlerts } from '../../data/AlertsProvider';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { CheckIcon, CloseIcon } from '../../ui/icons';
import { IconButton } from '../../ui/IconButton';
import { Toggle } from '../../ui/Toggle';
import { useNavigation } from '../shell/Navigation';
import { AlertItem } from './AlertItem';
import { listsOf } from './alertLists';
import { useAcknowledge } from './useAcknowledge';
import { useSoundChoice } from './useSoundChoice';

/** All alerts that last or that nobody has acknowledged, beside the screen. */
export function AlertPanel({ onClose }: { readonly onClose: () => void }) {
  const { open, over, known } = listsOf(useAlerts());
  const panel = useRef<HTMLElement>(null);
  const acknowledge = useAcknowledge();
  const { open: openScreen } = useNavigation();
  const { isOn, choose } = useSoundChoice();
  const waiting = [...open, ...over];

  // Where the keyboard goes on: the next one to acknowledge.
  const focusNext = () => {
    const next = panel.current?.querySelector<HTMLElement>('[data-acknowledge]');
    (next ?? panel.current)?.focus();
  };
  useEffect(() => {
    const before = document.activeElement;
    focusNext();
    document.documentElement.dataset['alertPanel'] = 'true';
    return () => {
      delete document.documentElement.dataset['alertPanel'];
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const onAcknowledge = async (ids: readonly string[]) => {
    const isInside = panel.current?.contains(document.activeElement) === true;
    await acknowledge(ids);
    // The button goes when the main process has told so; the focus must not go with it.
    if (isInside) setTimeout(focusNext, 200);
  };

  return (
    <aside
      ref={panel}
      className="alert-panel"
      aria-label={t('alerts.title')}
      tabIndex={-1}
      data-testid="alert-panel"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onClose();
      }}
    >
      <header className="alert-panel-head">
        <h2 className="alert-panel-title">{t('alerts.title')}</h2>
        <Toggle label={t('alerts.sound')} isSelected={isOn} onChange={choose} />
        <IconButton label={t('alerts.close')} onPress={onClose}>
          <CloseIcon size={16} />
        </IconButton>
      </header>
      <div className="alert-panel-body">
        {waiting.length + known.length === 0 ? (
          <div className="alert-panel-none">
            <CheckIcon size={28} />
            <p className="alert-item-title">{t('alerts.none')}</p>
            <p>{t('alerts.noneText')}</p>
          </div>
        ) : null}
        <Group title={t('alerts.now')} alerts={open} onAcknowledge={(id) => void onAcknowledge([id])} />
        <Group title={t('alerts.known')} alerts={known} onAcknowledge={(id) => void onAcknowledge([id])} />
        <Group title={t('alerts.over')} alerts={over} onAcknowledge={(id) => void onAcknowledge([id])} />
      </div>
      <footer className="alert-panel-foot">
        <Button onPress={() => openScreen('alerts')}>{t('alerts.history')}</Button>
        <Button
          needs="alerts.acknowledge"
          look="primary"
          isDisabled={waiting.length === 0}
          onPress={() => void onAcknowledge(waiting.map(({ id }) => id))}
        >
          {t('alerts.acknowledgeAll')}
        </Button>
      </footer>
    </aside>
  );
}

interface GroupProps {
  readonly title: string;
  readonly alerts: readonly Alert[];
  readonly onAcknowledge: (id: string) => void;
}

function Group({ title, alerts, onAcknowledge }: GroupProps) {
  if (alerts.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className="alert-group">
        {title}
        <span className="alert-group-count numeric">{alerts.length}</span>
      </h3>
      <ul>
        {alerts.map((alert) => (
          <AlertItem key={alert.id} alert={alert} onAcknowledge={onAcknowledge} />
        ))}
      </ul>
    </section>
  );
}
