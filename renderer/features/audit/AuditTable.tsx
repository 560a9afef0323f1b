import {
  Cell,
  Collection,
  Column,
  Row,
  Table,
  TableBody,
  TableHeader,
  TableLayout,
  TableLoadMoreItem,
  Virtualizer,
} from 'react-aria-components';
import type { AuditEntry } from '../../../contract';
import { t } from '../../strings';
import { Busy } from '../../ui/Busy';
import { CheckIcon, ErrorIcon, WarningIcon } from '../../ui/icons';
import { clockText, dateText } from '../../ui/timeText';
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
    <Virtualizer layout={TableLayout} layoutOptions={{ rowHeight: 36, headingHeight: 34, loaderHeight: 40 }}>
      <Table
        className="audit-table"
        aria-label={t('audit.table')}
        onRowAction={(key) => {
          const entry = entries.find(({ seq }) => seq === key);
          if (entry !== undefined) onShow(entry);
        }}
      >
        <TableHeader className="audit-head">
          {COLUMNS.map(({ id, label, width, minWidth }) => (
            <Column
              key={id}
              id={id}
              width={width}
              minWidth={minWidth}
              isRowHeader={id === 'action'}
              className="audit-column"
            >
              {t(label)}
            </Column>
          ))}
        </TableHeader>
        <TableBody renderEmptyState={() => <p className="audit-none">{t('audit.empty')}</p>}>
          <Collection items={entries.map((entry) => ({ id: entry.seq, entry }))}>
            {({ id, entry }) => (
              <Row id={id} className="audit-row" textValue={actionText(entry.action)} data-testid="audit-row">
                <Cell className="audit-cell numeric">{momentOf(entry)}</Cell>
                <Cell className="audit-cell">
                  <span className="audit-one">{entry.user_name || t('audit.unnamed')}</span>
                </Cell>
                <Cell className="audit-cell">
                  <span className="audit-one">{actionText(entry.action)}</span>
                </Cell>
                <Cell className="audit-cell">
                  <span className="audit-one audit-about" title={aboutText(entry)}>
                    {aboutText(entry)}
                  </span>
                </Cell>
                <Cell className="audit-cell">
                  <Outcome outcome={entry.outcome} />
                </Cell>
              </Row>
            )}
          </Collection>
          {log.hasMore ? (
            <TableLoadMoreItem className="audit-more" isLoading={log.isLoadingMore} onLoadMore={log.loadMore}>
              <Busy text={t('audit.loadingMore')} />
            </TableLoadMoreItem>
          ) : null}
        </TableBody>
      </Table>
    </Virtualizer>
  );
}

function momentOf({ time }: AuditEntry): string {
  const at = Date.parse(time);
  return `${dateText(at)}, ${clockText(at)}`;
}

function Outcome({ outcome }: Pick<AuditEntry, 'outcome'>) {
  const Icon = OUTCOMES[outcome];
  return (
    <span className={`audit-outcome audit-${outcome}`}>
      <Icon size={15} />
      {t(`audit.${outcome}`)}
    </span>
  );
}
