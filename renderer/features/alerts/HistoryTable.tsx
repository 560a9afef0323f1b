import { Cell, Row } from 'react-aria-components';
import type { Alert } from '../../../contract';
import { useNowSeconds } from '../../data/useNow';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { CheckIcon, ErrorIcon, InfoIcon, WarningIcon } from '../../ui/icons';
import { LoadedTable } from '../../ui/LoadedTable';
import { momentBeside } from '../../ui/timeText';
import { alertTitle, durationText, toneOf } from './alertText';
import { isHappening } from './kinds';
import type { History } from './useHistory';

const COLUMNS = [
  { id: 'state', label: 'history.state', width: 130, minWidth: 130 },
  { id: 'what', label: 'history.what', width: '3fr', minWidth: 260 },
  { id: 'began', label: 'history.began', width: '1.3fr', minWidth: 190 },
  { id: 'duration', label: 'history.duration', width: '1fr', minWidth: 110 },
  { id: 'acknowledged', label: 'history.acknowledged', width: '1.6fr', minWidth: 200 },
] as const;

export interface HistoryTableProps {
  readonly history: History;
  readonly alerts: readonly Alert[];
  readonly onAcknowledge: (id: string) => void;
}

/** The history; only the rows in sight exist, older ones are read when they come into sight. */
export function HistoryTable({ history, alerts, onAcknowledge }: HistoryTableProps) {
  // Coarse: durations of lasting alerts need not run in a history.
  const now = Math.floor(useNowSeconds() / 5) * 5000;
  return (
    <LoadedTable
      label={t('history.table')}
      columns={COLUMNS}
      rowHeader="what"
      rowHeight={44}
      items={alerts}
      dependencies={[now]}
      empty={t('history.noMatch')}
      more={
        history.hasMore
          ? { isLoading: history.isLoadingMore, load: history.loadMore, text: t('history.loadingMore') }
          : null
      }
      className="history-table"
    >
      {(alert) => (
        <Row className="data-row" id={alert.id} textValue={alertTitle(alert)} data-testid="history-row">
          <Cell className="data-cell">
            <State alert={alert} />
          </Cell>
          <Cell className="data-cell" textValue={alertTitle(alert)}>
            <span className="clamped" title={alertTitle(alert)}>
              {alertTitle(alert)}
            </span>
          </Cell>
          <Cell className="data-cell numeric">{momentBeside(Date.parse(alert.raised_at), now)}</Cell>
          <Cell className="data-cell numeric">{lastedText(alert, now)}</Cell>
          <Cell className="data-cell">
            {alert.acknowledged_at === null ? (
              <Button
                needs="alerts.acknowledge"
                className="history-acknowledge"
                aria-label={t('alerts.acknowledgeOne', { title: alertTitle(alert) })}
                onPress={() => onAcknowledge(alert.id)}
              >
                {t('alerts.acknowledge')}
              </Button>
            ) : (
              <span className="clamped">
                {t('history.byAt', {
                  name: alert.acknowledged_by ?? '',
                  time: momentBeside(Date.parse(alert.acknowledged_at), now),
                })}
              </span>
            )}
          </Cell>
        </Row>
      )}
    </LoadedTable>
  );
}

function State({ alert }: { readonly alert: Alert }) {
  const lasts = alert.cleared_at === null;
  const Icon = lasts ? (alert.severity === 'urgent' ? ErrorIcon : WarningIcon) : CheckIcon;
  if (isHappening(alert.kind))
    return (
      <span className="history-state history-state-warn">
        <InfoIcon size={16} />
        {t('history.happened')}
      </span>
    );
  return (
    <span className={`history-state history-state-${lasts ? toneOf(alert) : 'over'}`}>
      <Icon size={16} />
      {t(lasts ? 'history.lasting' : 'history.over')}
    </span>
  );
}

function lastedText(alert: Alert, now: number): string {
  const from = Date.parse(alert.raised_at);
  const to = alert.cleared_at === null ? now : Date.parse(alert.cleared_at);
  return to === from && isHappening(alert.kind) ? '\u2013' : durationText(to - from);
}
