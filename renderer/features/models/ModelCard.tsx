import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { CheckIcon, EyeIcon, ReconnectIcon, WarningIcon } from '../../ui/icons';
import { Toggle } from '../../ui/Toggle';
import { ModelName } from './ModelName';
import { deviceText, dropsOf, latencyText, TONES } from './modelText';
import type { ModelEntry } from './useModels';

export interface ModelCardProps {
  readonly entry: ModelEntry;
  readonly isBusy: boolean;
  readonly onEnable: (enabled: boolean) => void;
  readonly onRestart: () => void;
  readonly onTry: () => void;
}

/** A model: what it is, how its container does, and what can be done about it. */
export function ModelCard({ entry, isBusy, onEnable, onRestart, onTry }: ModelCardProps) {
  const { id, model, container } = entry;
  const name = model?.name ?? container?.name ?? id;
  const device = deviceText(container?.device ?? null);
  const state = container?.state ?? 'stopped';
  const unknown = t('models.none');
  const figures = [
    ['latency', t('models.latency'), latencyText(container?.latency_ms ?? null)],
    ['throughput', t('models.throughput'), container === null ? null : container.throughput.toFixed(1)],
    ['drops', t('models.drops'), container === null ? null : String(dropsOf(container))],
    ['errors', t('models.errors'), container === null ? null : String(container.errors)],
    ['answered', t('models.answered'), container === null ? null : String(container.answered)],
    ['device', t('models.device'), device?.used ?? null],
  ] as const;
  return (
    <article
      className="model-card"
      aria-label={name}
      data-testid="model-card"
      data-model-id={id}
      data-state={state}
    >
      <header className="model-head">
        <div className="model-title">
          <h2>
            <ModelName name={name} />
          </h2>
          <p className="field-hint">
            {id} {model?.version ?? container?.version}
            {container?.license == null ? null : ` \u00b7 ${container.license}`}
            {container?.origin === 'imported' ? ` \u00b7 ${t('models.imported')}` : null}
          </p>
        </div>
        <span className={`model-state model-state-${TONES[state]}`}>{t(`models.state.${state}`)}</span>
        {model === null ? null : (
          <Toggle
            label={t('models.enable', { name })}
            labelHidden
            isSelected={model.enabled}
            onChange={onEnable}
          />
        )}
      </header>
      <p className="model-description">{model?.description ?? container?.description}</p>
      {container?.reason == null ? null : <p className="model-reason">{container.reason}</p>}
      {/* Without a container, while detection is off, there is nothing to tell. */}
      {container === null ? null : (
        <dl className="model-figures numeric">
          {figures.map(([key, label, value]) => (
            <div key={key} data-figure={key}>
              <dt>{label}</dt>
              <dd>{value ?? unknown}</dd>
            </div>
          ))}
        </dl>
      )}
      {device?.why == null ? null : <p className="field-hint">{t('models.why', { reason: device.why })}</p>}
      <footer className="model-foot">
        {container === null ? null : (
          <span className={container.verified ? 'model-mark' : 'model-mark model-mark-warn'}>
            {container.verified ? <CheckIcon size={14} /> : <WarningIcon size={14} />}
            {t(container.verified ? 'models.verified' : 'models.unverified')}
          </span>
        )}
        {container?.confined == null || (container.confined.files && container.confined.network) ? null : (
          <span className="model-mark model-mark-warn">
            <WarningIcon size={14} />
            {t('models.notConfined')}
          </span>
        )}
        <span className="model-space" />
        {container === null ? null : (
          <Button aria-label={t('trial.openOf', { name })} onPress={onTry}>
            <EyeIcon size={16} />
            {t('trial.open')}
          </Button>
        )}
        {container === null || state === 'stopped' ? null : (
          <Button isPending={isBusy} onPress={onRestart}>
            <ReconnectIcon size={16} />
            {t('models.restart')}
          </Button>
        )}
      </footer>
    </article>
  );
}
