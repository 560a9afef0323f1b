import type { OverlaySettings } from '../../../contract';
import { useQuery } from '../../data/useQuery';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { CheckBox } from '../../ui/CheckBox';
import { Dialog } from '../../ui/Dialog';
import { SliderInput } from '../../ui/SliderInput';
import { Toggle } from '../../ui/Toggle';
import { OVERLAY_DEFAULTS } from './OverlayStore';
import { overlayStore, useOverlaySettings, useSeenLabels } from './overlayStoreOfWindow';
import { toggleVisible } from './visible';

const percent = (value: number) => `${String(Math.round(value * 100))} %`;

/** What is drawn over live pictures and how; counts at once, for all tiles of this user. */
export function OverlayDialog({ onClose }: { readonly onClose: () => void }) {
  const settings = useOverlaySettings();
  const seen = useSeenLabels();
  const models = useQuery('ai-models.list', {}).data?.models ?? [];
  const labels = [...new Set([...seen, ...settings.visibleLabels])].sort();
  const { change } = overlayStore;
  const reset = () => change({ ...OVERLAY_DEFAULTS, enabled: settings.enabled });
  const share = (key: 'confidenceThreshold' | 'boxOpacity' | 'labelOpacity', label: string) => (
    <SliderInput
      label={label}
      value={settings[key]}
      {...{ min: 0, max: 1, step: 0.05, text: percent }}
      onChange={(value) => change({ [key]: value })}
    />
  );
  const check = (key: 'showLabels' | 'showConfidence' | 'showTracks', label: string) => (
    <CheckBox label={label} isSelected={settings[key]} onChange={(on) => change({ [key]: on })} />
  );
  return (
    <Dialog
      title={t('overlay.title')}
      onClose={onClose}
      footer={
        <>
          <Button look="quiet" onPress={reset}>
            {t('overlay.reset')}
          </Button>
          <Button look="primary" onPress={onClose}>
            {t('overlay.done')}
          </Button>
        </>
      }
    >
      <div className="overlay-form">
        <Toggle
          label={t('overlay.enabled')}
          isSelected={settings.enabled}
          onChange={(enabled) => change({ enabled })}
        />
        <p className="field-hint">{t('overlay.hint')}</p>
        <div className="overlay-checks">
          {check('showLabels', t('overlay.showLabels'))}
          {check('showConfidence', t('overlay.showConfidence'))}
          {check('showTracks', t('overlay.showTracks'))}
        </div>
        <div className="overlay-pairs">
          {share('confidenceThreshold', t('overlay.threshold'))}
          <SliderInput
            label={t('overlay.lineWidth')}
            value={settings.boxLineWidth}
            {...{ min: 1, max: 10, step: 1, text: (value: number) => t('overlay.pixels', { value }) }}
            onChange={(boxLineWidth) => change({ boxLineWidth })}
          />
          {share('boxOpacity', t('overlay.boxOpacity'))}
          {share('labelOpacity', t('overlay.labelOpacity'))}
        </div>
        <label className="overlay-colour">
          <span className="field-label">{t('overlay.colour')}</span>
          <input
            type="color"
            value={settings.boxColor}
            onChange={(event) => change({ boxColor: event.target.value })}
          />
        </label>
        <Filter
          label={t('overlay.models')}
          options={models.map(({ model_id, name }) => ({ id: model_id, name }))}
          visible={settings.visibleModels}
          onChange={(visibleModels) => change({ visibleModels })}
        />
        <Filter
          label={t('overlay.labels')}
          options={labels.map((label) => ({ id: label, name: label }))}
          visible={settings.visibleLabels}
          onChange={(visibleLabels) => change({ visibleLabels })}
        />
      </div>
    </Dialog>
  );
}

interface FilterProps {
  readonly label: string;
  readonly options: readonly { readonly id: string; readonly name: string }[];
  readonly visible: OverlaySettings['visibleModels'];
  readonly onChange: (visible: string[]) => void;
}

function Filter({ label, options, visible, onChange }: FilterProps) {
  if (options.length === 0) return null;
  return (
    <div className="overlay-group" role="group" aria-label={label}>
      <p className="field-label">{visible.length === 0 ? t('overlay.allOf', { what: label }) : label}</p>
      <div className="overlay-checks">
        {options.map(({ id, name }) => (
          <CheckBox
            key={id}
            label={name}
            isSelected={visible.length === 0 || visible.includes(id)}
            onChange={() => onChange(toggleVisible(visible, id))}
          />
        ))}
      </div>
    </div>
  );
}
