import { Cell, Row, Table, TableBody, TableHeader, TableLayout, Virtualizer } from 'react-aria-components';
import { t } from '../../../strings';
import { HeadColumn } from '../../../ui/HeadColumn';
import { CheckIcon, EditIcon, ErrorIcon, TrashIcon, WarningIcon } from '../../../ui/icons';
import { IconButton } from '../../../ui/IconButton';
import type { CommonValues, Entry } from './entries';
import { toCreate } from './entries';

const COLUMNS = [
  { id: 'line', label: 'bulkAdd.line', width: 56 },
  { id: 'name', label: 'camera.name', width: '1.1fr' },
  { id: 'address', label: 'camera.address', width: '1.8fr' },
  { id: 'user', label: 'bulkAdd.user', width: '1fr' },
  { id: 'verdict', label: 'bulkAdd.verdict', width: '1.7fr' },
  { id: 'actions', label: 'camera.actions', width: 88 },
] as const;

export interface EntryTableProps {
  readonly entries: readonly Entry[];
  readonly problems: ReadonlyMap<number, string>;
  readonly common: CommonValues;
  /** Failed tests do not matter. */
  readonly isBold: boolean;
  readonly isDisabled: boolean;
  readonly onEdit: (entry: Entry) => void;
  readonly onRemove: (id: number) => void;
}

/** The list before it is added: what was read of each line and what is wrong with it. */
export function EntryTable(props: EntryTableProps) {
  const { entries, problems, common, isBold, isDisabled, onEdit, onRemove } = props;
  return (
    <Virtualizer layout={TableLayout} layoutOptions={{ rowHeight: 44, headingHeight: 32 }}>
      <Table className="bulk-table" aria-label={t('bulkAdd.table')} data-testid="bulk-table">
        <TableHeader className="data-head">
          {COLUMNS.map(({ id, label, width }) => (
            <HeadColumn key={id} {...{ id, width }} label={t(label)} isRowHeader={id === 'name'} />
          ))}
        </TableHeader>
        <TableBody items={entries} dependencies={[problems, common, isBold, isDisabled]}>
          {(entry) => {
            const { username, password } = toCreate(entry, common);
            return (
              <Row id={entry.id} className="data-row" textValue={entry.name} data-testid="bulk-row">
                <Cell className="data-cell numeric">{entry.line}</Cell>
                <Cell className="data-cell" textValue={entry.name}>
                  <span className="one-line" title={entry.name}>
                    {entry.name}
                  </span>
                </Cell>
                <Cell className="data-cell">
                  <span className="one-line numeric" title={entry.address}>
                    {entry.address}
                  </span>
                </Cell>
                <Cell className="data-cell">
                  <span className="two-lines">
                    <span className="one-line">{username ?? t('bulkAdd.noUser')}</span>
                    {password === null ? null : (
                      <span className="second-line">{t('bulkAdd.withPassword')}</span>
                    )}
                  </span>
                </Cell>
                <Cell className="data-cell">
                  <Verdict entry={entry} problem={problems.get(entry.id) ?? null} isBold={isBold} />
                </Cell>
                <Cell className="data-cell data-actions">
                  <IconButton
                    label={t('bulkAdd.edit', { line: entry.line })}
                    isDisabled={isDisabled}
                    onPress={() => onEdit(entry)}
                  >
                    <EditIcon size={16} />
                  </IconButton>
                  <IconButton
                    label={t('bulkAdd.remove', { line: entry.line })}
                    isDisabled={isDisabled}
                    onPress={() => onRemove(entry.id)}
                  >
                    <TrashIcon size={16} />
                  </IconButton>
                </Cell>
              </Row>
            );
          }}
        </TableBody>
      </Table>
    </Virtualizer>
  );
}

interface VerdictProps {
  readonly entry: Entry;
  readonly problem: string | null;
  readonly isBold: boolean;
}

function Verdict({ entry, problem, isBold }: VerdictProps) {
  const wrong = problem ?? entry.refused;
  const [tone, Icon, text] =
    wrong !== null
      ? (['bad', ErrorIcon, wrong] as const)
      : entry.test === null
        ? (['quiet', CheckIcon, t('bulkAdd.ready')] as const)
        : entry.test.works
          ? (['ok', CheckIcon, entry.test.text] as const)
          : ([
              'warn',
              WarningIcon,
              t(isBold ? 'bulkAdd.testFailedBold' : 'bulkAdd.testFailed', { reason: entry.test.text }),
            ] as const);
  return (
    <span className={`camera-state camera-state-${tone}`}>
      <Icon size={16} />
      <span className="clamped bulk-verdict" title={text}>
        {text}
      </span>
    </span>
  );
}
