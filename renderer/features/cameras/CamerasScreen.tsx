import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react';
import type { Selection } from 'react-aria-components';
import type { Device } from '../../../contract';
import { useDevices } from '../../data/DevicesProvider';
import { useAction } from '../../keys/useAction';
import { plural, t } from '../../strings';
import { FailureNotice } from '../../ui/FailureNotice';
import { Busy } from '../../ui/Busy';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { CameraIcon, GroupIcon, ListIcon, PlusIcon } from '../../ui/icons';
import { useNavigation } from '../shell/Navigation';
import { ScreenFrame } from '../shell/ScreenFrame';
import { summaryText } from './archive/archiveText';
import { useOutlook } from './archive/useOutlook';
import { BulkBar } from './BulkBar';
import type { CameraFilter } from './cameraFilter';
import { isFiltered, locationsOf, NO_FILTER } from './cameraFilter';
import { CameraTable } from './CameraTable';
import type { Open } from './CamerasDialogs';
import { CamerasDialogs } from './CamerasDialogs';
import { CameraDetails } from './details/CameraDetails';
import { FilterBar } from './FilterBar';
import { useBulkAction } from './useBulkAction';
import { useFilteredCameras } from './useFilteredCameras';
import { useGroups } from './useGroups';
import './cameras.css';
import './groups.css';

const NONE: readonly Device[] = [];

/** The list of cameras and everything that is done to one or to many. */
export function CamerasScreen() {
  const { devices, byId, error, refetch } = useDevices();
  const { intent } = useNavigation();
  const groups = useGroups().data?.groups ?? [];
  const [filter, setFilter] = useState<CameraFilter>(NO_FILTER);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [open, setOpen] = useState<Open | null>(() => {
    const device = intent.editCameraId === undefined ? undefined : byId.get(intent.editCameraId);
    if (device !== undefined) return { kind: 'edit', device };
    return intent.addCamera === true ? { kind: 'add' } : null;
  });
  const bulk = useBulkAction();
  const archive = useOutlook();
  const [details, setDetails] = useState<string | null>(null);
  const detailed = details === null ? null : (byId.get(details) ?? null);
  const searchInput = useRef<HTMLInputElement>(null);
  useAction('cameras.add', () => setOpen({ kind: 'add' }));
  useAction('cameras.search', () => {
    if (searchInput.current === null) return false;
    searchInput.current.select();
    return true;
  });

  // Typing stays quick however long the list is: the table follows when there is time.
  const wanted = useDeferredValue(filter);
  const all = devices ?? NONE;
  const matching = useFilteredCameras(all, wanted);
  const locations = useMemo(() => locationsOf(all), [all]);
  // What a filter hides is not acted upon.
  const selected = useMemo(() => matching.filter(({ id }) => chosen.has(id)), [matching, chosen]);
  const selectedIds = useMemo(() => new Set(selected.map(({ id }) => id)), [selected]);

  const onSelect = useCallback(
    (next: Selection) =>
      setChosen(next === 'all' ? new Set(matching.map(({ id }) => id)) : new Set([...next].map(String))),
    [matching],
  );
  const onOpen = useCallback((device: Device) => setDetails(device.id), []);
  const onEdit = useCallback((device: Device) => setOpen({ kind: 'edit', device }), []);
  const onDetection = useCallback((device: Device) => setOpen({ kind: 'detection', device }), []);
  const onClone = useCallback((device: Device) => setOpen({ kind: 'clone', device }), []);
  const onDelete = useCallback((device: Device) => setOpen({ kind: 'delete', devices: [device] }), []);
  const clear = () => setChosen(new Set());

  const addButton = (
    <Button look="primary" onPress={() => setOpen({ kind: 'add' })}>
      <PlusIcon size={16} />
      {t('cameras.add')}
    </Button>
  );
  const addManyButton = (
    <Button onPress={() => setOpen({ kind: 'add-many' })}>
      <ListIcon size={16} />
      {t('cameras.addMany')}
    </Button>
  );
  const hasCameras = devices !== null && devices.length > 0;
  return (
    <ScreenFrame
      title={t('screen.cameras')}
      toolbar={
        hasCameras ? (
          <>
            {addButton}
            {addManyButton}
            <Button onPress={() => setOpen({ kind: 'groups' })}>
              <GroupIcon size={16} />
              {t('cameras.groups')}
            </Button>
          </>
        ) : null
      }
    >
      {error === null ? null : (
        <div className="screen-message">
          <FailureNotice title={t('cameras.failed')} error={error} onRetry={refetch} />
        </div>
      )}
      {devices === null && error === null ? (
        <div className="screen-loading">
          <Busy text={t('cameras.loading')} />
        </div>
      ) : null}
      {devices?.length === 0 ? (
        <EmptyState
          icon={CameraIcon}
          title={t('cameras.emptyTitle')}
          text={t('cameras.emptyText')}
          action={
            <div className="camera-empty-actions">
              {addButton}
              {addManyButton}
            </div>
          }
        />
      ) : null}
      {hasCameras ? (
        <>
          <FilterBar
            filter={filter}
            groups={groups.map(({ name }) => name)}
            locations={locations}
            searchInput={searchInput}
            onChange={setFilter}
          />
          <div className="camera-panes">
            <CameraTable
              devices={matching}
              archive={archive.byCamera}
              selected={selectedIds}
              onSelect={onSelect}
              onOpen={onOpen}
              onEdit={onEdit}
              onDetection={onDetection}
              onClone={onClone}
              onDelete={onDelete}
            />
            {detailed === null ? null : (
              <CameraDetails
                key={detailed.id}
                device={detailed}
                archive={archive.byCamera.get(detailed.id) ?? null}
                outlook={archive.outlook}
                onEdit={() => onEdit(detailed)}
                onClose={() => setDetails(null)}
              />
            )}
          </div>
          {selected.length > 0 ? (
            <BulkBar
              count={selected.length}
              isBusy={bulk.running}
              onAction={(action) => void bulk.apply(action, selected)}
              onSchedule={() => setOpen({ kind: 'schedule', devices: selected })}
              onGroups={() => setOpen({ kind: 'membership', devices: selected })}
              onDelete={() => setOpen({ kind: 'delete', devices: selected })}
              onClear={clear}
            />
          ) : (
            <div className="camera-foot camera-count numeric">
              <p role="status">
                {filter.search === '' && !isFiltered(filter)
                  ? plural('cameras.count', all.length)
                  : t('cameras.found', { found: matching.length, total: all.length })}
              </p>
              {archive.outlook === null ? null : (
                <p className="camera-archive" data-testid="archive-summary">
                  {summaryText(archive.outlook)}
                </p>
              )}
            </div>
          )}
        </>
      ) : null}
      <CamerasDialogs open={open} groups={groups} bulk={bulk} onClose={() => setOpen(null)} />
    </ScreenFrame>
  );
}
