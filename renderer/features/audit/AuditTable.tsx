import { Cell, Row } from 'react-aria-components';
import type { AuditEntry } from '../../../contract';
import { t } from '../../strings';
import { CheckIcon, ErrorIcon, WarningIcon } from '../../ui/icons';
import { LoadedTable } from '../../ui/LoadedTable';
import { momentText } from '../../ui/timeText';
import { aboutText, actionText } from './auditText';
import type { AuditLog } from './useAuditLog';

const COLUMNS = [
  { id: 'time', label: 'audit.time', width: 220, minWidth: 220 },
  { id: 'user', label: 'audit.user', width: '1fr', minWidth: 110 },
  { id: 'action', label: 'audit.action', width: '1.6fr', minWidth: 180 },
  { id: 'about', label: 'audit.about', width: '2fr', minWidth: 160 },
  { id: 'outcome', label: 'audit.outcome', width: 110, minWidth: 110 },
] as const;

const OUTCOMES = { done: CheckIcon, refused: WarningIcon, failed: ErrorIcon } as const;

export interface AuditTableProps {
  readonly log: AuditLog;
  readonly entries: readonly AuditEntry[];
  readonly onShow: (entry: AuditEntry) => void;
}

/** The entries; only the rows in sight exist, older ones are read when they come into sight. */
export function AuditTable({ log, entries, onShow }: AuditTableProps) {
  return (
    <LoadedTable
      label={t('audit.table')}
      columns={COLUMNS}
      rowHeader="action"
      rowHeight={36}
      items={entries.map((entry) => ({ id: entry.seq, entry }))}
      empty={t('audit.empty')}
      more={
        log.hasMore
          ? { isLoading: log.isLoadingMore, load: log.loadMore, text: t('audit.loadingMore') }
          : null
      }
      onRowAction={(key) => {
        const entry = entries.find(({ seq }) => seq === key);
        if (entry !== undefined) onShow(entry);
      }}
      className="audit-table"
    >
      {({ id, entry }) => (
        <Row id={id} className="data-row" textValue={actionText(entry.action)} data-testid="audit-row">
          <Cell className="data-cell audit-cell numeric">{momentOf(entry)}</Cell>
          <Cell className="data-cell audit-cell">
            <span className="audit-one">{entry.user_name || t('audit.unnamed')}</span>
          </Cell>
          <Cell className="data-cell audit-cell">
            <span className="audit-one">{actionText(entry.action)}</span>
          </Cell>
          <Cell className="data-cell audit-cell">
            <span className="audit-one audit-about" title={aboutText(entry)}>
              {aboutText(entry)}
            </span>
          </Cell>
          <Cell className="data-cell audit-cell">
            <Outcome outcome={entry.outcome} />
          </Cell>
        </Row>
      )}
    </LoadedTable>
  );
}

const momentOf = ({ time }: AuditEntry): string => momentText(Date.parse(time));

function Outcome({ outcome }: Pick<AuditEntry, 'outcome'>) {
  const Icon = OUTCOMES[outcome];
  return (
    <span className={`audit-outcome audit-${outcome}`}>
      <Icon size={15} />
      {t(`audit.${outcome}`)}
    </span>
  );
}
