import type { StorageFolder } from '../../../../contract';
import { t } from '../../../strings';
import { Button } from '../../../ui/Button';
import { Notice } from '../../../ui/Notice';
import { bytesText, momentText } from '../../../ui/timeText';
import { badgeOf } from './folderBadge';
import { SpaceBar } from './SpaceBar';

export interface FolderCardProps {
  readonly folder: StorageFolder;
  readonly onUse: () => void;
  readonly onForget: () => void;
  /** It is missing, and its recordings with it. */
  readonly onGiveUp: () => void;
  readonly isGivingUp: boolean;
}

const timeOf = (instant: string | null): string =>
  instant === null ? t('storage.none') : momentText(Date.parse(instant));

/** One folder: whether it is there and written, what it holds, and how much space is left. */
export function FolderCard({ folder, onUse, onForget, onGiveUp, isGivingUp }: FolderCardProps) {
  const { path, state, space, is_current: isCurrent } = folder;
  const badge = badgeOf(folder);
  const canUse = !isCurrent && state === 'ready';
  const isFormer = !isCurrent && !folder.is_default;
  const canForget = isFormer && state === 'ready' && folder.segments === 0;
  const canGiveUp = isFormer && state !== 'ready';
  return (
    <li className="folder-card" data-testid="storage-folder" data-state={state}>
      <div className="folder-line">
        <span className={`folder-badge folder-badge-${badge.tone}`}>{t(badge.text)}</span>
        <span className="folder-path">{path}</span>
        {folder.is_default ? <span className="setting-hint">{t('storage.inside')}</span> : null}
      </div>
      {state === 'ready' ? null : (
        <Notice tone={isCurrent ? 'bad' : 'warn'} title={t(`storage.${state}Title`)}>
          {isCurrent ? t(`storage.${state}Text`) : null}
          {!isCurrent && folder.segments > 0 ? t(`storage.${state}FormerText`) : null}
        </Notice>
      )}
      {space === null ? null : <SpaceBar recordedBytes={folder.recorded_bytes} space={space} />}
      <dl className="folder-facts numeric">
        {space === null ? (
          <div>
            <dt>{t('storage.recorded')}</dt>
            <dd>{bytesText(folder.recorded_bytes)}</dd>
          </div>
        ) : null}
        <div>
          <dt>{t('storage.oldest')}</dt>
          <dd>{timeOf(folder.oldest)}</dd>
        </div>
        <div>
          <dt>{t('storage.newest')}</dt>
          <dd>{timeOf(folder.newest)}</dd>
        </div>
      </dl>
      {canUse || canForget || canGiveUp ? (
        <div className="folder-actions">
          {canUse ? (
            <Button aria-label={t('storage.useOf', { path })} onPress={onUse}>
              {t('storage.use')}
            </Button>
          ) : null}
          {canForget ? (
            <Button look="quiet" aria-label={t('storage.forgetOf', { path })} onPress={onForget}>
              {t('storage.forget')}
            </Button>
          ) : null}
          {canGiveUp ? (
            <Button
              needs="archive.delete"
              look="quiet"
              isPending={isGivingUp}
              aria-label={t(folder.segments === 0 ? 'storage.forgetOf' : 'storage.giveUpOf', { path })}
              onPress={onGiveUp}
            >
              {t(folder.segments === 0 ? 'storage.forget' : 'storage.giveUp')}
            </Button>
          ) : null}
        </div>
      ) : null}
    </li>
  );
}
