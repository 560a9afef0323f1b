import { memo, useMemo, useRef, useState } from 'react';
import type { Selection, SortDescriptor } from 'react-aria-components';
import {
  Cell,
  Checkbox,
  Row,
  Table,
  TableBody,
  TableHeader,
  TableLayout,
  Virtualizer,
} from 'react-aria-components';
import type { Device } from '../../../contract';
import { useStreams } from '../../data/StreamsProvider';
import { t } from '../../strings';
import { HeadColumn } from '../../ui/HeadColumn';
import { CheckIcon, CopyIcon, EditIcon, TrashIcon } from '../../ui/icons';
import { IconButton } from '../../ui/IconButton';
import { DetectionIcon } from '../live/tile/tileIcons';
import { AddressCell, ArchiveCell, NameCell, StateCell, VideoCell } from './CameraCells';
import { RecordingSwitch, StartedSwitch } from './CameraSwitches';
import type { CameraArchive } from './archive/archiveText';
import type { ColumnId } from './columns';
import { columnsFor } from './columns';
import { sortCameras } from './sortCameras';
import { useWidth } from './useWidth';

const ROW_HEIGHT = 52;

export interface CameraTableProps {
  readonly devices: readonly Device[];
  readonly archive: ReadonlyMap<string, CameraArchive>;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (selected: Selection) => void;
  /** A row was pressed. */
  readonly onOpen: (device: Device) => void;
  readonly onEdit: (device: Device) => void;
  readonly onDetection: (device: Device) => void;
  readonly onClone: (device: Device) => void;
  readonly onDelete: (device: Device) => void;
}

function Rows(props: CameraTableProps) {
  const { devices, archive, selected, onSelect, onOpen, onEdit, onDetection, onClone, onDelete } = props;
  const [sort, setSort] = useState<SortDescriptor>({ column: 'name', direction: 'ascending' });
  const streams = useStreams(sort.column === 'state');
  const sorted = useMemo(
    () => sortCameras(devices, sort, { streams, archive }),
    [devices, sort, streams, archive],
  );
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const columns = useMemo(() => columnsFor(width), [width]);

  const cellOf = (id: ColumnId, device: Device) => {
    switch (id) {
      case 'select':
        return <SelectBox label={t('cameras.selectOne', { name: device.name })} />;
      case 'name':
        return <NameCell device={device} />;
      case 'location':
        return (
          <span className="clamped" title={device.location ?? undefined}>
            {device.location}
          </span>
        );
      case 'address':
        return <AddressCell device={device} />;
      case 'video':
        return <VideoCell device={device} />;
      case 'state':
        return <StateCell device={device} />;
      case 'archive':
        return <ArchiveCell archive={archive.get(device.id) ?? null} />;
      case 'recording':
        return <RecordingSwitch device={device} />;
      case 'started':
        return <StartedSwitch device={device} />;
      case 'actions':
        return (
          <>
            <IconButton label={t('camera.edit', { name: device.name })} onPress={() => onEdit(device)}>
              <EditIcon />
            </IconButton>
            <IconButton
              label={t('detection.open', { name: device.name })}
              onPress={() => onDetection(device)}
            >
              <DetectionIcon />
            </IconButton>
            <IconButton label={t('camera.clone', { name: device.name })} onPress={() => onClone(device)}>
              <CopyIcon />
            </IconButton>
            <IconButton label={t('camera.delete', { name: device.name })} onPress={() => onDelete(device)}>
              <TrashIcon />
            </IconButton>
          </>
        );
    }
  };

  return (
    <div ref={frame} className="camera-table-frame">
      {width === null ? null : (
        <Virtualizer layout={TableLayout} layoutOptions={{ rowHeight: ROW_HEIGHT, headingHeight: 36 }}>
          <Table
            // Columns of a table that is shown do not change (react-aria): other columns, another table.
            key={columns.length}
            className="data-table"
            aria-label={t('cameras.table')}
            sortDescriptor={sort}
            onSortChange={setSort}
            selectionMode="multiple"
            selectedKeys={selected}
            onSelectionChange={onSelect}
            onRowAction={(key) => {
              const device = devices.find(({ id }) => id === key);
              if (device !== undefined) onOpen(device);
            }}
          >
            <TableHeader className="data-head">
              {columns.map(({ id, label, width: wide, minWidth, sorts }) => (
                <HeadColumn
                  key={id}
                  id={id}
                  label={t(label)}
                  width={wide}
                  minWidth={minWidth}
                  allowsSorting={sorts}
                  isRowHeader={id === 'name'}
                  className={`camera-cell-${id}`}
                >
                  {id === 'select' ? <SelectBox label={t('cameras.selectAll')} /> : null}
                </HeadColumn>
              ))}
            </TableHeader>
            <TableBody
              items={sorted}
              dependencies={[archive]}
              renderEmptyState={() => <p className="data-none">{t('filter.nothing')}</p>}
            >
              {(device) => (
                <Row
                  id={device.id}
                  className="data-row"
                  textValue={device.name}
                  data-testid="camera-row"
                  data-camera-id={device.id}
                >
                  {columns.map(({ id }) => (
                    <Cell
                      key={id}
                      className={`data-cell camera-cell-${id}`}
                      {...(id === 'name' ? { textValue: device.name } : {})}
                    >
                      {cellOf(id, device)}
                    </Cell>
                  ))}
                </Row>
              )}
            </TableBody>
          </Table>
        </Virtualizer>
      )}
    </div>
  );
}

function SelectBox({ label }: { readonly label: string }) {
  return (
    <Checkbox slot="selection" className="choice" aria-label={label}>
      {({ isSelected, isIndeterminate }) => (
        <span className="choice-mark choice-box">
          {isIndeterminate ? '\u2013' : isSelected ? <CheckIcon size={14} /> : null}
        </span>
      )}
    </Checkbox>
  );
}

/** The cameras; only the rows in sight exist, so hundreds are as quick as ten. */
export const CameraTable = memo(Rows);
