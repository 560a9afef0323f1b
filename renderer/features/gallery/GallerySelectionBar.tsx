import { plural, t } from '../../strings';
import { Button } from '../../ui/Button';
import { DownloadIcon } from '../../ui/galleryIcons';
import { TrashIcon } from '../../ui/icons';

export interface GallerySelectionBarProps {
  readonly count: number;
  /** Null where the user may not take all of them out. */
  readonly onSave: (() => void) | null;
  readonly onDelete: () => void;
  readonly onClear: () => void;
}

/** What can be done with all that is selected. */
export function GallerySelectionBar({ count, onSave, onDelete, onClear }: GallerySelectionBarProps) {
  return (
    <div className="event-selection" role="group" aria-label={t('gallery.bulkBar')}>
      <span className="event-selection-count numeric" role="status">
        {plural('gallery.selected', count)}
      </span>
      {onSave === null ? null : (
        <Button needs="export" onPress={onSave}>
          <DownloadIcon size={16} />
          {t('gallery.saveMany')}
        </Button>
      )}
      <Button needs="capture.change" onPress={onDelete}>
        <TrashIcon size={16} />
        {t('gallery.delete')}
      </Button>
      <Button look="quiet" className="event-selection-clear" onPress={onClear}>
        {t('gallery.clearSelection')}
      </Button>
    </div>
  );
}
