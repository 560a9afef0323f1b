import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react';
import type { Device } from '../../../contract';
import { useDevices } from '../../data/DevicesProvider';
import { matchesCamera } from '../../data/searchCameras';
import { useAction } from '../../keys/useAction';
import { plural, t } from '../../strings';
import { Busy } from '../../ui/Busy';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { CameraIcon, PlusIcon } from '../../ui/icons';
import { Notice } from '../../ui/Notice';
import { SearchInput } from '../../ui/SearchInput';
import { useNavigation } from '../shell/Navigation';
import { ScreenFrame } from '../shell/ScreenFrame';
import { CameraDialog } from './CameraDialog';
import { CameraTable } from './CameraTable';
import { DeleteCameraDialog } from './DeleteCameraDialog';
import './cameras.css';

type Open =
  | { readonly kind: 'add' }
  | { readonly kind: 'edit'; readonly device: Device }
  | { readonly kind: 'delete'; readonly device: Device };

/** The list of cameras and everything that is done to one. */
export function CamerasScreen() {
  const { devices, byId, error, refetch } = useDevices();
  const { intent } = useNavigation();
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState<Open | null>(() => {
    const device = intent.editCameraId === undefined ? undefined : byId.get(intent.editCameraId);
    if (device !== undefined) return { kind: 'edit', device };
    return intent.addCamera === true ? { kind: 'add' } : null;
  });
  const searchInput = useRef<HTMLInputElement>(null);
  useAction('cameras.add', () => setOpen({ kind: 'add' }));
  useAction('cameras.search', () => {
    if (searchInput.current === null) return false;
    searchInput.current.select();
    return true;
  });

  // Typing stays quick however long the list is: the table follows when there is time.
  const wanted = useDeferredValue(search);
  const matching = useMemo(
    () => (devices ?? []).filter((device) => matchesCamera(device, wanted)),
    [devices, wanted],
  );
  const onEdit = useCallback((device: Device) => setOpen({ kind: 'edit', device }), []);
  const onDelete = useCallback((device: Device) => setOpen({ kind: 'delete', device }), []);
  const close = () => setOpen(null);
  return (
    <ScreenFrame
      title={t('screen.cameras')}
      toolbar={
        devices === null || devices.length === 0 ? null : (
          <>
            <div className="camera-search">
              <SearchInput
                label={t('cameras.search')}
                value={search}
                onChange={setSearch}
                inputRef={searchInput}
              />
            </div>
            <Button look="primary" onPress={() => setOpen({ kind: 'add' })}>
              <PlusIcon size={16} />
              {t('cameras.add')}
            </Button>
          </>
        )
      }
    >
      {error === null ? null : (
        <div className="camera-message">
          <Notice
            tone="bad"
            live="alert"
            title={t('cameras.failed')}
            actions={<Button onPress={refetch}>{t('common.retry')}</Button>}
          >
            {error.message}
          </Notice>
        </div>
      )}
      {devices === null && error === null ? (
        <div className="camera-loading">
          <Busy text={t('cameras.loading')} />
        </div>
      ) : null}
      {devices?.length === 0 ? (
        <EmptyState
          icon={CameraIcon}
          title={t('cameras.emptyTitle')}
          text={t('cameras.emptyText')}
          action={
            <Button look="primary" onPress={() => setOpen({ kind: 'add' })}>
              <PlusIcon size={16} />
              {t('cameras.add')}
            </Button>
          }
        />
      ) : null}
      {devices !== null && devices.length > 0 ? (
        <>
          <CameraTable devices={matching} onEdit={onEdit} onDelete={onDelete} />
          <p className="camera-count numeric" role="status">
            {search === ''
              ? plural('cameras.count', devices.length)
              : t('cameras.found', { found: matching.length, total: devices.length })}
          </p>
        </>
      ) : null}
      {open?.kind === 'add' ? <CameraDialog device={null} onClose={close} /> : null}
      {open?.kind === 'edit' ? <CameraDialog device={open.device} onClose={close} /> : null}
      {open?.kind === 'delete' ? <DeleteCameraDialog device={open.device} onClose={close} /> : null}
    </ScreenFrame>
  );
}
