import { useCallback, useMemo, useState } from 'react';
import type { ResponseOf } from '../../../contract';
import { t } from '../../strings';
import { clockText } from '../../ui/timeText';
import { valueText } from './healthText';
import { Plot, plotColour } from './Plot';
import type { PlotData } from './plotData';
import { plotData, summaryOf, tableRows } from './plotData';
import type { PlotDefinition } from './plots';

export interface PlotCardProps {
  readonly definition: PlotDefinition;
  readonly data: ResponseOf<'health.series'> | null;
  readonly asTable: boolean;
  readonly isOfModels: boolean;
  readonly nameOf: (subject: string) => string;
}

/** One plot with the values of now, or of the moment under the crosshair. */
export function PlotCard({ definition, data, asTable, isOfModels, nameOf }: PlotCardProps) {
  const { title, unit } = definition;
  const [cursor, setCursor] = useState<number | null>(null);
  const onCursor = useCallback((index: number | null) => setCursor(index), []);
  const content = useMemo(
    () => (data === null ? null : plotData(definition, data, (key) => t(key), nameOf, isOfModels)),
    [definition, data, nameOf, isOfModels],
  );
  const at = cursor === null ? undefined : content?.times[cursor];
  const isEmpty = content === null || content.lines.length === 0;
  return (
    <section className="plot-card" aria-label={t(title)}>
      <header className="plot-head">
        <h3 className="plot-title">{t(title)}</h3>
        {at === undefined ? null : <span className="plot-moment numeric">{clockText(at * 1000)}</span>}
        <ul className="plot-values">
          {content?.lines.map(({ name, values }, index) => (
            <li key={name} className="plot-value">
              {content.lines.length === 1 ? null : (
                <>
                  <span className="plot-swatch" style={{ background: plotColour(index) }} />
                  <span className="plot-line-name">{name}</span>
                </>
              )}
              <strong className="numeric">
                {valueText(
                  at === undefined || cursor === null ? summaryOf(values)?.now : values[cursor],
                  unit,
                )}
              </strong>
            </li>
          ))}
        </ul>
      </header>
      {isEmpty ? (
        <p className="plot-none">{data === null ? t('health.plotLoading') : t('health.plotEmpty')}</p>
      ) : asTable ? (
        <ValueTable definition={definition} data={content} />
      ) : (
        <Plot data={content} unit={unit} label={summaryText(definition, content)} onCursor={onCursor} />
      )}
    </section>
  );
}

function summaryText({ title, unit }: PlotDefinition, { lines }: PlotData): string {
  const told = lines.flatMap(({ name, values }) => {
    const summary = summaryOf(values);
    if (summary === null) return [];
    const [now, min, max] = [summary.now, summary.min, summary.max].map((one) => valueText(one, unit));
    return t('health.plotLineSummary', { name, now: now ?? '', min: min ?? '', max: max ?? '' });
  });
  return t('health.plotSummary', { title: t(title), lines: told.join('; ') });
}

function ValueTable({ definition, data }: { readonly definition: PlotDefinition; readonly data: PlotData }) {
  return (
    <div className="plot-table" tabIndex={0} role="region" aria-label={t(definition.title)}>
      <table className="figures">
        <thead>
          <tr>
            <th scope="col">{t('health.time')}</th>
            {data.lines.map(({ name }) => (
              <th key={name} scope="col" className="figures-number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tableRows(data).map(({ at, values }) => (
            <tr key={at}>
              <th scope="row" className="numeric">
                {clockText(at * 1000)}
              </th>
              {values.map((value, index) => (
                <td key={data.lines[index]?.name} className="numeric figures-number">
                  {valueText(value, definition.unit)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
