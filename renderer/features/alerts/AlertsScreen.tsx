import { useState } from 'react';
import { useAlerts } from '../../data/AlertsProvider';
import { t } from '../../strings';
import { FailureNotice } from '../../ui/FailureNotice';
import { Busy } from '../../ui/Busy';
import { EmptyState } from '../../ui/EmptyState';
import { BellIcon } from '../../ui/icons';
import { ScreenFrame } from '../shell/ScreenFrame';
import { HistoryFilters } from './HistoryFilters';
import type { FilterChoice } from './historyFilter';
import { NO_FILTER, toRequest } from './historyFilter';
import { HistoryTable } from './HistoryTable';
import { useAcknowledge } from './useAcknowledge';
import { useHistory } from './useHistory';

/** What the workstation had to say about itself, newest first. */
export function AlertsScreen() {
  const [{ choice, request }, choose] = useState(() => ({
    choice: NO_FILTER,
    request: toRequest(NO_FILTER, 0),
  }));
  const revision = useAlerts()
    .map(({ id, cleared_at, acknowledged_at }) => `${id}${cleared_at ?? ''}${acknowledged_at ?? ''}`)
    .join();
  const history = useHistory(request, revision);
  const acknowledge = useAcknowledge();
  const onChange = (next: FilterChoice) => choose({ choice: next, request: toRequest(next, Date.now()) });
  const { alerts, error } = history;
  const isEmpty = alerts?.length === 0 && choice === NO_FILTER;
  return (
    <ScreenFrame
      title={t('screen.alerts')}
      toolbar={isEmpty ? null : <HistoryFilters choice={choice} onChange={onChange} />}
    >
      {error === null ? null : (
        <div className="screen-message">
          <FailureNotice title={t('history.failed')} error={error} onRetry={history.retry} />
        </div>
      )}
      {alerts === null && error === null ? (
        <div className="screen-loading">
          <Busy text={t('history.loading')} />
        </div>
      ) : null}
      {isEmpty ? (
        <EmptyState icon={BellIcon} title={t('history.empty')} text={t('history.emptyText')} />
      ) : null}
      {alerts !== null && !isEmpty ? (
        <HistoryTable
          history={history}
          alerts={alerts}
          onAcknowledge={(id) => {
            void acknowledge([id]).then(history.retry);
          }}
        />
      ) : null}
    </ScreenFrame>
  );
}
