import { useMemo, useState } from 'react';
import type { SortDescriptor } from 'react-aria-components';
import {
  Cell,
  Column,
  Row,
  Table,
  TableBody,
  TableHeader,
  TableLayout,
  Virtualizer,
} from 'react-aria-components';
import type { CameraHealth } from '../../../contract';
import { faultTitle } from '../../data/faultText';
import type { FaultCode } from '../../data/streamCondition';
import type { PlainKey } from '../../strings';
import { t } from '../../strings';
import { SortedColumn } from '../../ui/SortedColumn';
import { lengthText, NOTHING, valueText } from './healthText';
import type { FigureColumn } from './sortFigures';
import { sortFigures } from './sortFigures';

const ROW_HEIGHT = 34;

const COLUMNS: readonly {
  id: FigureColumn;
  label: PlainKey;
  width: number | '2fr' | '3fr';
  minWidth: number;
}[] = [
  { id: 'name', label: 'health.camera', width: '2fr', minWidth: 110 },
  { id: 'state', label: 'health.col.state', width: '3fr', minWidth: 136 },
  { id: 'fps', label: 'health.col.fps', width: 92, minWidth: 84 },
  { id: 'rate', label: 'health.col.rate', width: 94, minWidth: 86 },
  { id: 'detection', label: 'health.col.detection', width: 84, minWidth: 76 },
  { id: 'skipped', label: 'health.col.skipped', width: 92, minWidth: 84 },
  { id: 'reconnects', label: 'health.col.reconnects', width: 102, minWidth: 94 },
  { id: 'gaps', label: 'health.col.gaps', width: 104, minWidth: 96 },
];

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
      return <span className="one-line">{camera.name}</span>;
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
    case 'pid':
      return camera.ffmpeg_pid ?? NOTHING;
  }
}

export interface CameraFiguresProps {
  readonly cameras: readonly CameraHealth[];
  readonly selected: string | null;
  readonly onSelect: (cameraId: string | null) => void;
}

/** Figures of each camera; only the rows in sight exist. */
export function CameraFigures({ cameras, selected, onSelect }: CameraFiguresProps) {
  const [sort, setSort] = useState<SortDescriptor>({ column: 'name', direction: 'ascending' });
  const sorted = useMemo(() => sortFigures(cameras, sort), [cameras, sort]);
  return (
    <div className="health-cameras" style={{ blockSize: 36 + ROW_HEIGHT * Math.min(8, cameras.length) + 6 }}>
      <Virtualizer layout={TableLayout} layoutOptions={{ rowHeight: ROW_HEIGHT, headingHeight: 36 }}>
        <Table
          className="camera-table"
          aria-label={t('health.cameraTable')}
          sortDescriptor={sort}
          onSortChange={setSort}
          selectionMode="single"
          selectionBehavior="replace"
          selectedKeys={selected === null ? [] : [selected]}
          onSelectionChange={(keys) => onSelect(keys === 'all' ? null : ([...keys][0]?.toString() ?? null))}
        >
          <TableHeader className="camera-head">
            {COLUMNS.map(({ id, label, width, minWidth }) => (
              <Column
                key={id}
                id={id}
                width={width}
                minWidth={minWidth}
                allowsSorting
                isRowHeader={id === 'name'}
                className="camera-column"
                textValue={t(label)}
              >
                {({ sortDirection }) => <SortedColumn label={t(label)} direction={sortDirection} />}
              </Column>
            ))}
          </TableHeader>
          <TableBody items={sorted} dependencies={[cameras]}>
            {(camera) => (
              <Row
                id={camera.camera_id}
                className="device-row"
                textValue={camera.name}
                data-testid="health-camera"
                data-camera-id={camera.camera_id}
              >
                {COLUMNS.map(({ id }) => (
                  <Cell
                    key={id}
                    className={id === 'name' || id === 'state' ? 'camera-cell' : 'camera-cell numeric'}
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
