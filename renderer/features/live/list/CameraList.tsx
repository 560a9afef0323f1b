import type { KeyboardEvent } from 'react';
import { useMemo, useRef, useState } from 'react';
import {
  Collection,
  Header,
  ListBox,
  ListBoxSection,
  ListLayout,
  useDragAndDrop,
  Virtualizer,
} from 'react-aria-components';
import type { Device } from '../../../../contract';
import { useDevices } from '../../../data/DevicesProvider';
import { plural, t } from '../../../strings';
import { SearchInput } from '../../../ui/SearchInput';
import { CAMERA_TYPE } from '../wall/dragTypes';
import type { ListOrder } from './cameraGroups';
import { cameraGroups } from './cameraGroups';
import { CameraRow } from './CameraRow';
import { OrderSwitch } from './OrderSwitch';

export interface CameraListProps {
  /** Tile of each camera that is shown, from 0. */
  readonly tileOf: ReadonlyMap<string, number>;
  readonly order: ListOrder;
  readonly onOrder: (order: ListOrder) => void;
  /** Show this camera where the operator is. */
  readonly onShow: (cameraId: string) => void;
}

const ROW = 44;
const HEADING = 28;

/** A camera under several titles is several rows. */
const keyOf = (title: string | null, id: string) => `${id}/${title ?? ''}`;
const idOf = (key: string | number) => String(key).slice(0, 36);

/** The cameras beside the wall: search, drag onto a tile, or Enter. */
export function CameraList({ tileOf, order, onOrder, onShow }: CameraListProps) {
  const { devices, byId } = useDevices();
  const [search, setSearch] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const groups = useMemo(() => cameraGroups(devices ?? [], search, order), [devices, search, order]);
  const total = devices?.length ?? 0;
  const found = new Set(groups.flatMap((group) => group.devices.map(({ id }) => id))).size;

  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) =>
      [...keys].slice(0, 1).map((key) => ({
        [CAMERA_TYPE]: idOf(key),
        'text/plain': byId.get(idOf(key))?.name ?? '',
      })),
    getAllowedDropOperations: () => ['copy'],
    renderDragPreview: (items) => <div className="wall-drag-preview">{items[0]?.['text/plain']}</div>,
  });
  const onSearchKey = (event: KeyboardEvent<HTMLDivElement>) => {
    const first = groups[0]?.devices[0];
    if (event.key === 'ArrowDown') list.current?.querySelector<HTMLElement>('[role="option"]')?.focus();
    else if (event.key === 'Enter' && search !== '' && first !== undefined) onShow(first.id);
    else return;
    event.preventDefault();
  };
  const row = (title: string | null) =>
    function Row(device: Device) {
      return (
        <CameraRow
          id={keyOf(title, device.id)}
          device={device}
          tile={tileOf.get(device.id) ?? null}
          hidesLocation={order === 'location'}
        />
      );
    };

  return (
    <aside className="camera-list" aria-label={t('list.label')} data-testid="camera-list">
      <div className="camera-list-head" onKeyDownCapture={onSearchKey}>
        <SearchInput label={t('list.search')} value={search} onChange={setSearch} />
        <div className="camera-list-order">
          <span className="camera-list-count numeric">
            {search === '' ? plural('list.count', total) : t('list.found', { found, total })}
          </span>
          <OrderSwitch devices={devices ?? []} order={order} onChange={onOrder} />
        </div>
      </div>
      <Virtualizer
        layout={ListLayout}
        layoutOptions={{ rowHeight: ROW, headingHeight: order === 'name' ? 0 : HEADING }}
      >
        <ListBox
          ref={list}
          className="camera-list-rows"
          aria-label={t('list.label')}
          selectionMode="single"
          selectionBehavior="replace"
          dragAndDropHooks={dragAndDropHooks}
          dependencies={[tileOf]}
          onAction={(key) => onShow(idOf(key))}
          renderEmptyState={() => (
            <p className="camera-list-none">{t(total === 0 ? 'list.empty' : 'list.noMatch')}</p>
          )}
        >
          {order === 'name' ? (
            <Collection items={groups[0]?.devices ?? []} dependencies={[tileOf]}>
              {row(null)}
            </Collection>
          ) : (
            groups.map((group) => (
              <ListBoxSection key={group.title ?? ''} id={`section ${group.title ?? ''}`}>
                <Header className="camera-list-heading">
                  {group.title ?? t(order === 'group' ? 'list.noGroup' : 'list.noLocation')}
                  <span className="camera-list-count numeric">{group.devices.length}</span>
                </Header>
                <Collection items={group.devices} dependencies={[tileOf]}>
                  {row(group.title)}
                </Collection>
              </ListBoxSection>
            ))
          )}
        </ListBox>
      </Virtualizer>
      {total === 0 ? null : <p className="camera-list-hint">{t('list.hint')}</p>}
    </aside>
  );
}
