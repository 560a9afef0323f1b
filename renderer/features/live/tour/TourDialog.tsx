import { useState } from 'react';
import type { Layout } from '../../../../contract';
import { t } from '../../../strings';
import { Button } from '../../../ui/Button';
import { CheckBox } from '../../../ui/CheckBox';
import { Dialog } from '../../../ui/Dialog';
import { TextInput } from '../../../ui/TextInput';
import type { TourPlan } from '../wall/tour';
import { LEAST_DWELL, MOST_DWELL } from '../wall/tour';

export interface TourDialogProps {
  readonly layouts: readonly Layout[];
  /** The plan of the last time; null when there was none. */
  readonly plan: TourPlan | null;
  readonly onStart: (plan: TourPlan) => void;
  readonly onClose: () => void;
}

/** Chooses the layouts of a tour and how long each one stays. */
export function TourDialog({ layouts, plan, onStart, onClose }: TourDialogProps) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(plan?.layoutIds ?? layouts.map(({ id }) => id)),
  );
  const [dwell, setDwell] = useState(String(plan?.dwell ?? 15));
  const [tried, setTried] = useState(false);
  const layoutIds = layouts.map(({ id }) => id).filter((id) => chosen.has(id));
  const seconds = /^\d+$/.test(dwell.trim()) ? Number(dwell) : NaN;
  const isDwell = seconds >= LEAST_DWELL && seconds <= MOST_DWELL;
  const start = () => {
    setTried(true);
    if (layoutIds.length >= 2 && isDwell) onStart({ layoutIds, dwell: seconds });
  };
  const possible = layouts.length >= 2;
  return (
    <Dialog
      title={t('tour.title')}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" isDisabled={!possible} onPress={start}>
            {t('tour.start')}
          </Button>
        </>
      }
    >
      <p className="dialog-text">{t(possible ? 'tour.text' : 'tour.needTwo')}</p>
      {possible ? (
        <>
          <div role="group" aria-label={t('tour.layouts')} className="tour-choices">
            {layouts.map(({ id, name }) => (
              <CheckBox
                key={id}
                label={name}
                isSelected={chosen.has(id)}
                onChange={(isChosen) =>
                  setChosen(
                    (before) =>
                      new Set(isChosen ? [...before, id] : [...before].filter((other) => other !== id)),
                  )
                }
              />
            ))}
          </div>
          {tried && layoutIds.length < 2 ? (
            <p className="layouts-failure" role="alert">
              {t('tour.chooseTwo')}
            </p>
          ) : null}
          <TextInput
            label={t('tour.dwell')}
            name="dwell"
            value={dwell}
            onChange={setDwell}
            error={tried && !isDwell ? t('tour.dwellRange', { least: LEAST_DWELL, most: MOST_DWELL }) : null}
          />
        </>
      ) : null}
    </Dialog>
  );
}
