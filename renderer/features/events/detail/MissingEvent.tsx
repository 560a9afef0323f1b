import { useEffect } from 'react';
import type { AiEvent } from '../../../../contract';
import { useQuery } from '../../../data/useQuery';
import { t } from '../../../strings';
import { Busy } from '../../../ui/Busy';
import { Button } from '../../../ui/Button';
import { Notice } from '../../../ui/Notice';
import '../../../ui/detailPanel.css';

export interface MissingEventProps {
  readonly id: string;
  readonly onFound: (event: AiEvent) => void;
  readonly onClose: () => void;
}

/** Fetches an event that the list does not hold. */
export function MissingEvent({ id, onFound, onClose }: MissingEventProps) {
  const { data, error, refetch } = useQuery('ai-events.get', { id });
  useEffect(() => {
    if (data !== null) onFound(data);
  }, [data, onFound]);
  return (
    <aside className="detail-panel" aria-label={t('event.panel')}>
      <div className="detail-about">
        {error === null ? (
          <Busy text={t('event.loading')} />
        ) : (
          <Notice
            tone="bad"
            live="alert"
            title={t('event.failed')}
            actions={
              <>
                <Button onPress={refetch}>{t('common.retry')}</Button>
                <Button onPress={onClose}>{t('common.close')}</Button>
              </>
            }
          >
            {error.message}
          </Notice>
        )}
      </div>
    </aside>
  );
}
