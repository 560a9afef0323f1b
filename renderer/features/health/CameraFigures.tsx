import { useMemo, useState } from 'react';
import type { SortDescriptor } from 'react-aria-components';
import { Cell, Row, Table, TableBody, TableHeader, TableLayout, Virtualizer } from 'react-aria-components';
import type { CameraHealth } from '../../../contract';
import { faultTitle } from '../../data/faultText';
import type { FaultCode } from '../../data/streamCondition';
import type { PlainKey } from '../../strings';
import { t } from '../../strings';
import { HeadColumn } from '../../ui/HeadColumn';
import { lengthText, valueText } from './healthText';
import type { FigureColumn } from './sortFigures';
import { sortFigures } from './sortFigures';

const ROW_HEIGHT = 34;
const HEAD_HEIGHT = 36;
/** Rows in sight; more are scrolled to, so that the plots below stay near. */
const MOST_ROWS = 8;

const COLUMNS: readonly {
  id: FigureColumn;
  label: PlainKey;
  width: '1fr' | '2fr' | '3fr';
  minWidth: number;
}[] = [
  { id: 'name', label: 'health.camera', width: '2fr', minWidth: 110 },
  { id: 'state', label: 'health.col.state', width: '3fr', minWidth: 148 },
  { id: 'fps', label: 'health.col.fps', width: '1fr', minWidth: 100 },
  { id: 'rate', label: 'health.col.rate', width: '1fr', minWidth: 100 },
  { id: 'detection', label: 'health.col.detection', width: '1fr', minWidth: 84 },
  { id: 'skipped', label: 'health.col.skipped', width: '1fr', minWidth: 98 },
  { id: 'reconnects', label: 'health.col.reconnects', width: '1fr', minWidth: 108 },
  { id: 'gaps', label: 'health.col.gaps', width: '1fr', minWidth: 116 },
];
/** What is only known while frames are handed to models. */
const OF_DETECTION: readonly FigureColumn[] = ['detection', 'skipped'];
const WORDS: readonly FigureColumn[] = ['name', 'state'];
const classOf = (id: FigureColumn): string => (WORDS.includes(id) ? '' : 'health-number');

function stateText({ phase, fault }: CameraHealth): string {
  return fault !== null && phase !== 'stopped' ? faultTitle(fault as FaultCode) : t(`health.phase.${phase}`);
}

function toneOf({ phase, fault }: CameraHealth): string {
  if (phase === 'stopped') return 'quiet';
  if (phase === 'running') return fault === null ? 'ok' : 'warn';
  return phase === 'starting' && fault === null ? 'warn' : 'bad';
}

function cell(id: FigureColumn, camera: CameraHealth) {
  switch (id) {
    case 'name':
      return (
        <span className="one-line" title={camera.name}>
          {camera.name}
        </span>
      );
    case 'state':
      return (
        <span className={`health-mark health-mark-${toneOf(camera)}`}>
          <span className="one-line" title={stateText(camera)}>
            {stateText(camera)}
          </span>
        </span>
      );
    case 'fps':
      return valueText(camera.camera_fps, 'perS');
    case 'rate':
      return valueText(camera.ingest_bytes_per_s, 'bytesPerS');
    case 'detection':
      return valueText(camera.detection_fps, 'perS');
    case 'skipped':
      return valueText(camera.skipped_fps, 'perS');
    case 'reconnects':
      return camera.reconnects;
    case 'gaps':
      return camera.gaps === 0
        ? t('health.none')
        : t('health.gap', { count: camera.gaps, time: lengthText(camera.gap_seconds) });
  }
}

export interface CameraFiguresProps {
  readonly cameras: readonly CameraHealth[];
  /** Whether frames are handed to models. */
  readonly isDetecting: boolean;
  readonly selected: string | null;
  readonly onSelect: (cameraId: string | null) => void;
}

/** Figures of each camera; only the rows in sight exist. */
export function CameraFigures({ cameras, isDetecting, selected, onSelect }: CameraFiguresProps) {
  const [sort, setSort] = useState<SortDescriptor>({ column: 'name', direction: 'ascending' });
  const sorted = useMemo(() => sortFigures(cameras, sort), [cameras, sort]);
  const columns = useMemo(
    () => COLUMNS.filter(({ id }) => isDetecting || !OF_DETECTION.includes(id)),
    [isDetecting],
  );
  return (
    <div
      className="health-cameras"
      style={{ blockSize: HEAD_HEIGHT + ROW_HEIGHT * Math.min(MOST_ROWS, cameras.length) + 2 }}
    >
      <Virtualizer layout={TableLayout} layoutOptions={{ rowHeight: ROW_HEIGHT, headingHeight: HEAD_HEIGHT }}>
        <Table
          className="data-table"
          aria-label={t('health.cameraTable')}
          sortDescriptor={sort}
          onSortChange={setSort}
          selectionMode="single"
          selectionBehavior="replace"
          selectedKeys={selected === null ? [] : [selected]}
          onSelectionChange={(keys) => onSelect(keys === 'all' ? null : ([...keys][0]?.toString() ?? null))}
        >
          <TableHeader className="data-head">
            {columns.map(({ id, label, width, minWidth }) => (
              <HeadColumn
                key={id}
                {...{ id, width, minWidth }}
                label={t(label)}
                allowsSorting
                isRowHeader={id === 'name'}
                className={classOf(id)}
              />
            ))}
          </TableHeader>
          <TableBody items={sorted} dependencies={[cameras, columns]}>
            {(camera) => (
              <Row
                id={camera.camera_id}
                className="data-row"
                textValue={camera.name}
                data-testid="health-camera"
                data-camera-id={camera.camera_id}
              >
                {columns.map(({ id }) => (
                  <Cell
                    key={id}
                    className={`data-cell ${classOf(id)} ${WORDS.includes(id) ? '' : 'numeric'}`}
                  >
                    {cell(id, camera)}
                  </Cell>
                ))}
              </Row>
            )}
          </TableBody>
        </Table>
      </Virtualizer>
    </div>
  );
}
