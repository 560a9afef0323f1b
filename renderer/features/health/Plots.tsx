import { useCallback, useMemo } from 'react';
import type { HealthReport } from '../../../contract';
import { t } from '../../strings';
import { FailureNotice } from '../../ui/FailureNotice';
import { PlotCard } from './PlotCard';
import type { PlotDefinition } from './plots';
import type { Range } from './useHealth';
import { useSeries } from './useHealth';
import './plots.css';

export interface PlotsProps {
  readonly definitions: readonly PlotDefinition[];
  /** Of one camera; null: of the workstation. */
  readonly cameraId: string | null;
  readonly report: HealthReport;
  readonly range: Range;
  readonly asTable: boolean;
  readonly isOfModels?: boolean;
  /** Nothing is measured now: without earlier values nothing needs to be said. */
  readonly isOff?: boolean;
}

/** Plots of one area. Nothing is asked while they are not shown. */
export function Plots(props: PlotsProps) {
  const { definitions, cameraId, report, range, asTable, isOfModels = false, isOff = false } = props;
  const metrics = useMemo(
    () => [...new Set(definitions.flatMap(({ lines }) => lines.map(({ metric }) => metric)))],
    [definitions],
  );
  const subjects = useMemo(() => (cameraId === null ? null : [cameraId]), [cameraId]);
  const { data, error } = useSeries(metrics, subjects, range);
  const { detectors } = report;
  const nameOf = useCallback(
    (id: string) => detectors.find(({ model_id }) => model_id === id)?.name ?? id,
    [detectors],
  );
  const isEmpty = data !== null && data.series.every(({ values }) => values.every((value) => value === null));
  return (
    <>
      <FailureNotice title={t('health.plotFailed')} error={error} />
      {isEmpty && isOff ? null : isEmpty ? (
        <div className="plots-none" role="status">
          <p className="plot-title">{t('health.plotsEmptyTitle')}</p>
          <p>{t('health.plotsEmptyText')}</p>
        </div>
      ) : (
        <div className="plot-grid">
          {definitions.map((definition) => (
            <PlotCard
              key={`${definition.title} ${cameraId ?? ''}`}
              {...{ definition, data, asTable, isOfModels, nameOf }}
            />
          ))}
        </div>
      )}
    </>
  );
}
