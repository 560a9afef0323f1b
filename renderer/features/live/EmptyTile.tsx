import { useDevices } from '../../data/DevicesProvider';
import { t } from '../../strings';
import { Busy } from '../../ui/Busy';
import { Button } from '../../ui/Button';
import { CameraIcon, PlusIcon } from '../../ui/icons';
import { useNavigation } from '../shell/Navigation';

export interface EmptyTileProps {
  readonly index: number;
  readonly isCovered: boolean;
  readonly isSelected: boolean;
  readonly onChoose: () => void;
}

/** A tile without a camera: the way to one. */
export function EmptyTile({ index, isCovered, isSelected, onChoose }: EmptyTileProps) {
  const { devices, error } = useDevices();
  const { open } = useNavigation();
  const none = devices?.length === 0;
  return (
    <section
      className="tile tile-empty"
      tabIndex={0}
      inert={isCovered}
      aria-label={t('tile.emptyName', { number: index + 1 })}
      data-testid={`tile-${String(index)}`}
      data-state="empty"
      data-selected={isSelected ? 'true' : undefined}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.target !== event.currentTarget || !devices?.length) return;
        event.preventDefault();
        onChoose();
      }}
    >
      <CameraIcon size={32} className="tile-empty-icon" />
      {devices === null && error === null ? <Busy text={t('cameras.loading')} /> : null}
      {devices === null && error !== null ? <p>{t('cameras.failed')}</p> : null}
      {none ? (
        <>
          <p className="tile-empty-title">{t('tile.noCameras')}</p>
          <p className="tile-empty-text">{t('tile.noCamerasText')}</p>
          <Button
            needs="cameras.configure"
            look={index === 0 ? 'primary' : 'plain'}
            onPress={() => open('cameras', { addCamera: true })}
          >
            <PlusIcon size={16} />
            {t('cameras.add')}
          </Button>
        </>
      ) : null}
      {devices !== null && !none ? (
        <>
          <p className="tile-empty-text">{t('tile.emptyText')}</p>
          <Button onPress={onChoose} aria-label={t('tile.chooseFor', { number: index + 1 })}>
            <CameraIcon size={16} />
            {t('tile.choose')}
          </Button>
        </>
      ) : null}
    </section>
  );
}
