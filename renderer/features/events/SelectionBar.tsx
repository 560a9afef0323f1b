import { plural, t } from '../../strings';
import { Button } from '../../ui/Button';
import { CheckIcon } from '../../ui/icons';

export interface SelectionBarProps {
  readonly count: number;
  readonly onReview: (reviewed: boolean) => void;
  readonly onClear: () => void;
}

/** What can be done with all selected events. */
export function SelectionBar({ count, onReview, onClear }: SelectionBarProps) {
  return (
    <div className="event-selection" role="group" aria-label={t('events.bulkBar')}>
      <span className="event-selection-count numeric" role="status">
        {plural('events.selected', count)}
      </span>
      <Button needs="events.review" look="primary" onPress={() => onReview(true)}>
        <CheckIcon size={16} />
        {t('events.markReviewed')}
      </Button>
      <Button needs="events.review" onPress={() => onReview(false)}>
        {t('events.markNotReviewed')}
      </Button>
      <Button look="quiet" className="event-selection-clear" onPress={onClear}>
        {t('events.clearSelection')}
      </Button>
    </div>
  );
}
