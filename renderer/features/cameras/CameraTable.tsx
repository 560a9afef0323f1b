import { memo, useMemo, useState } from 'react';
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
import type { Device } from '../../../contract';
import { t } from '../../strings';
import { ChevronIcon, EditIcon, TrashIcon } from '../../ui/icons';
import { IconButton } from '../../ui/IconButton';
import { AddressCell, StateCell, VideoCell } from './CameraCells';
import { RecordingSwitch, StartedSwitch } from './CameraSwitches';
import { sortCameras } from './sortCameras';

const ROW_HEIGHT = 52;

const COLUMNS = [
  { id: 'name', label: 'camera.name', width: '1.4fr', minWidth: 130, sorts: true },
  { id: 'location', label: 'camera.location', width: '1.2fr', minWidth: 110, sorts: true },
  { id: 'address', label: 'camera.address', width: '1.3fr', minWidth: 140, sorts: true },
  { id: 'video', label: 'camera.video', width: '1.5fr', minWidth: 206, sorts: false },
  { id: 'state', label: 'camera.state', width: '1.6fr', minWidth: 226, sorts: false },
  { id: 'recording', label: 'camera.recording', width: 100, minWidth: 100, sorts: false },
  { id: 'started', label: 'camera.started', width: 100, minWidth: 100, sorts: false },
  { id: 'actions', label: 'camera.actions', width: 92, minWidth: 92, sorts: false },
] as const;

export interface CameraTableProps {
  readonly devices: readonly Device[];
  readonly onEdit: (device: Device) => void;
  readonly onDelete: (device: Device) => void;
}

function Rows({ devices, onEdit, onDelete }: CameraTableProps) {
  const [sort, setSort] = useState<SortDescriptor>({ column: 'name', direction: 'ascending' });
  const sorted = useMemo(() => sortCameras(devices, sort), [devices, sort]);
  return (
    <Virtualizer layout={TableLayout} layoutOptions={{ rowHeight: ROW_HEIGHT, headingHeight: 36 }}>
      <Table
        className="camera-table"
        aria-label={t('cameras.table')}
        sortDescriptor={sort}
        onSortChange={setSort}
        onRowAction={(key) => {
          const device = devices.find(({ id }) => id === key);
          if (device !== undefined) onEdit(device);
        }}
      >
        <TableHeader className="camera-head">
          {COLUMNS.map(({ id, label, width, minWidth, sorts }) => (
            <Column
              key={id}
              id={id}
              width={width}
              minWidth={minWidth}
              allowsSorting={sorts}
              isRowHeader={id === 'name'}
              className="camera-column"
            >
              {({ sortDirection }) => (
                <>
                  {t(label)}
                  {sortDirection === undefined ? null : (
                    <ChevronIcon size={14} className={`sort-mark sort-mark-${sortDirection}`} />
                  )}
                </>
              )}
            </Column>
          ))}
        </TableHeader>
        <TableBody
          items={sorted}
          renderEmptyState={() => <p className="camera-none">{t('cameras.noMatch')}</p>}
        >
          {(device) => (
            <Row
              id={device.id}
              className="camera-row"
              textValue={device.name}
              data-testid="camera-row"
              data-camera-id={device.id}
            >
              <Cell className="camera-cell camera-name" textValue={device.name}>
                <span className="clamped" title={device.name}>
                  {device.name}
                </span>
              </Cell>
              <Cell className="camera-cell">
                <span className="clamped" title={device.location ?? undefined}>
                  {device.location}
                </span>
              </Cell>
              <Cell className="camera-cell">
                <AddressCell device={device} />
              </Cell>
              <Cell className="camera-cell">
                <VideoCell device={device} />
              </Cell>
              <Cell className="camera-cell">
                <StateCell device={device} />
              </Cell>
              <Cell className="camera-cell">
                <RecordingSwitch device={device} />
              </Cell>
              <Cell className="camera-cell">
                <StartedSwitch device={device} />
              </Cell>
              <Cell className="camera-cell camera-actions">
                <IconButton label={t('camera.edit', { name: device.name })} onPress={() => onEdit(device)}>
                  <EditIcon />
                </IconButton>
                <IconButton
                  label={t('camera.delete', { name: device.name })}
                  onPress={() => onDelete(device)}
                >
                  <TrashIcon />
                </IconButton>
              </Cell>
            </Row>
          )}
        </TableBody>
      </Table>
    </Virtualizer>
  );
}

/** The cameras; only the rows in sight exist, so hundreds are as quick as ten. */
export const CameraTable = memo(Rows);
