import { t } from '../../strings';
import { CheckBox } from '../../ui/CheckBox';
import { ChoiceGroup } from '../../ui/ChoiceGroup';
import { SelectInput } from '../../ui/SelectInput';
import { SliderInput } from '../../ui/SliderInput';
import { TextInput } from '../../ui/TextInput';
import type { Draft, Wrong } from './draft';

export interface RuleFormProps {
  readonly draft: Draft;
  readonly wrong: ReadonlySet<Wrong>;
  readonly onChange: (change: Partial<Draft>) => void;
}

const percent = (value: number) => `${String(Math.round(value * 100))} %`;
const STREAMS = ['auto', 'main', 'sub'] as const;
const SENSITIVITIES = ['low', 'medium', 'high'] as const;
const MOMENTS = ['track', 'best', 'interval', 'every', 'never'] as const;

/** How often a camera is looked at, and which results count and are stored. */
export function RuleForm({ draft, wrong, onChange }: RuleFormProps) {
  return (
    <div className="detection-fields">
      <div className="detection-pair">
        <TextInput
          label={t('detection.fps')}
          name="fps"
          value={draft.fps}
          hint={t('detection.fpsHint')}
          error={wrong.has('fps') ? t('detection.fpsWrong') : null}
          onChange={(fps) => onChange({ fps })}
        />
        <TextInput
          label={t('detection.priority')}
          name="priority"
          value={draft.priority}
          hint={t('detection.priorityHint')}
          error={wrong.has('priority') ? t('detection.priorityWrong') : null}
          onChange={(priority) => onChange({ priority })}
        />
      </div>
      <ChoiceGroup
        label={t('detection.stream')}
        hint={t('detection.streamHint')}
        value={draft.stream}
        choices={STREAMS.map((value) => ({ value, label: t(`detection.stream.${value}`) }))}
        onChange={(stream) => onChange({ stream })}
      />
      <div className="detection-field">
        <CheckBox
          label={t('detection.onMotion')}
          isSelected={draft.onMotion}
          onChange={(onMotion) => onChange({ onMotion })}
        />
        <p className="field-hint">{t('detection.onMotionHint')}</p>
      </div>
      {draft.onMotion ? (
        <div className="detection-triple">
          <SelectInput
            label={t('detection.sensitivity')}
            value={draft.sensitivity}
            options={SENSITIVITIES.map((value) => ({ value, label: t(`detection.sensitivity.${value}`) }))}
            onChange={(sensitivity) => onChange({ sensitivity })}
          />
          <TextInput
            label={t('detection.motionHold')}
            name="motionHold"
            value={draft.motionHold}
            error={wrong.has('motionHold') ? t('detection.motionHoldWrong') : null}
            onChange={(motionHold) => onChange({ motionHold })}
          />
          <TextInput
            label={t('detection.motionEvery')}
            name="motionEvery"
            value={draft.motionEvery}
            error={wrong.has('motionEvery') ? t('detection.motionEveryWrong') : null}
            onChange={(motionEvery) => onChange({ motionEvery })}
          />
        </div>
      ) : null}
      <div className="detection-pair">
        <div className="detection-field">
          <CheckBox
            label={t('detection.ownConfidence')}
            isSelected={draft.minConfidence === null}
            onChange={(isOwn) => onChange({ minConfidence: isOwn ? null : 0.5 })}
          />
          {draft.minConfidence === null ? null : (
            <SliderInput
              label={t('detection.minConfidence')}
              value={draft.minConfidence}
              {...{ min: 0, max: 1, step: 0.05, text: percent }}
              onChange={(minConfidence) => onChange({ minConfidence })}
            />
          )}
        </div>
        <SliderInput
          label={t('detection.minHeight')}
          value={draft.minHeight}
          {...{ min: 0, max: 0.5, step: 0.01, text: percent }}
          onChange={(minHeight) => onChange({ minHeight })}
        />
      </div>
      <div className="detection-pair">
        <SelectInput
          label={t('detection.when')}
          value={draft.when}
          options={MOMENTS.map((value) => ({ value, label: t(`detection.when.${value}`) }))}
          onChange={(when) => onChange({ when })}
        />
        <TextInput
          label={t('detection.interval')}
          name="interval"
          value={draft.interval}
          isDisabled={draft.when === 'never'}
          error={wrong.has('interval') ? t('detection.intervalWrong') : null}
          onChange={(interval) => onChange({ interval })}
        />
      </div>
    </div>
  );
}
