import type { TrialResult } from '../../../contract';
import { plural, t } from '../../strings';
import { SliderInput } from '../../ui/SliderInput';
import { percentText } from '../events/eventText';
import type { Finding } from './findings';

export interface TrialFindingsProps {
  readonly result: TrialResult;
  readonly shown: readonly Finding[];
  /** Findings that are not certain enough. */
  readonly hidden: number;
  readonly least: number;
  readonly onLeast: (least: number) => void;
  readonly onMark: (index: number | null) => void;
}

/** What was found, how certain, and how long it took. */
export function TrialFindings({ result, shown, hidden, least, onLeast, onMark }: TrialFindingsProps) {
  const { least_confidence, own_confidence, width, height } = result;
  const milliseconds = (value: number | null): string =>
    value === null ? t('models.none') : t('trial.milliseconds', { value: Math.round(value) });
  const facts = [
    ['model', t('trial.modelTime'), milliseconds(result.model_ms)],
    ['total', t('trial.totalTime'), milliseconds(result.total_ms)],
    ['size', t('trial.size'), t('import.size', { width, height })],
    ['device', t('trial.device'), result.device?.toUpperCase() ?? t('models.none')],
  ] as const;
  return (
    <section className="trial-findings">
      <h3>{plural('trial.found', shown.length)}</h3>
      {shown.length === 0 ? <p className="field-hint">{t('trial.nothing')}</p> : null}
      <ul
        className="trial-list"
        tabIndex={shown.length > 8 ? 0 : undefined}
        aria-label={plural('trial.found', shown.length)}
      >
        {shown.map(({ index, name, confidence, keypoints }) => (
          <li
            key={index}
            data-testid="trial-finding"
            onPointerEnter={() => onMark(index)}
            onPointerLeave={() => onMark(null)}
          >
            <span className="trial-name">{name}</span>
            {keypoints === null ? null : (
              <span className="field-hint">{plural('trial.points', keypoints.length)}</span>
            )}
            <span className="numeric">{percentText(confidence)}</span>
          </li>
        ))}
      </ul>
      {hidden === 0 ? null : <p className="field-hint">{plural('trial.hidden', hidden)}</p>}
      <SliderInput
        label={t('trial.confidence')}
        value={least}
        min={least_confidence}
        max={1}
        step={0.01}
        text={percentText}
        onChange={onLeast}
      />
      <p className="field-hint">{t('trial.ownConfidence', { percent: percentText(own_confidence) })}</p>
      <dl className="model-facts numeric">
        {facts.map(([key, label, value]) => (
          <div key={key} data-figure={key}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
