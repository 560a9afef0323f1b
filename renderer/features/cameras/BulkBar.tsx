import { Toolbar } from 'react-aria-components';
import { plural, t } from '../../strings';
import { Busy } from '../../ui/Busy';
import { Button } from '../../ui/Button';
import {
  CloseIcon,
  GroupIcon,
  PlayIcon,
  RecordIcon,
  ScheduleIcon,
  StopIcon,
  TrashIcon,
} from '../../ui/icons';
import type { BulkAction } from './useBulkAction';

export interface BulkBarProps {
  readonly count: number;
  readonly isBusy: boolean;
  readonly onAction: (action: Exclude<BulkAction, 'delete' | 'schedule'>) => void;
  readonly onSchedule: () => void;
  readonly onGroups: () => void;
  readonly onDelete: () => void;
  readonly onClear: () => void;
}

/** What can be done to the selected cameras. */
export function BulkBar({ count, isBusy, onAction, onSchedule, onGroups, onDelete, onClear }: BulkBarProps) {
  return (
    <Toolbar className="camera-foot camera-bulk" aria-label={t('bulk.bar')} data-testid="bulk-bar">
      <span className="camera-bulk-count numeric" role="status">
        {plural('bulk.selected', count)}
      </span>
      <Button isDisabled={isBusy} onPress={() => onAction('start')}>
        <PlayIcon size={16} />
        {t('bulk.start')}
      </Button>
      <Button isDisabled={isBusy} onPress={() => onAction('stop')}>
        <StopIcon size={16} />
        {t('bulk.stop')}
      </Button>
      <Button isDisabled={isBusy} onPress={() => onAction('record')}>
        <RecordIcon size={16} />
        {t('bulk.record')}
      </Button>
      <Button isDisabled={isBusy} onPress={() => onAction('stop-recording')}>
        {t('bulk.stopRecording')}
      </Button>
      <Button isDisabled={isBusy} onPress={onSchedule}>
        <ScheduleIcon size={16} />
        {t('bulk.schedule')}
      </Button>
      <Button isDisabled={isBusy} onPress={onGroups}>
        <GroupIcon size={16} />
        {t('bulk.groups')}
      </Button>
      <Button isDisabled={isBusy} onPress={onDelete}>
        <TrashIcon size={16} />
        {t('bulk.delete')}
      </Button>
      {isBusy ? <Busy text={t('bulk.running')} /> : null}
      <Button look="quiet" className="camera-bulk-clear" onPress={onClear}>
        <CloseIcon size={14} />
        {t('bulk.clear')}
      </Button>
    </Toolbar>
  );
}
