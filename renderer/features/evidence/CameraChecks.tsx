import { useDevices } from '../../data/DevicesProvider';
import { t } from '../../strings';
import { CheckBox } from '../../ui/CheckBox';
import '../../ui/field.css';

export interface CameraChecksProps {
  readonly value: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
}

/** Which cameras. */
export function CameraChecks({ value, onChange }: CameraChecksProps) {
  const { devices } = useDevices();
  const toggle = (id: string, on: boolean) =>
    onChange(on ? [...value, id] : value.filter((one) => one !== id));
  return (
    <div className="evidence-cameras" role="group" aria-label={t('evidence.cameras')}>
      <p className="field-label">{t('evidence.cameras')}</p>
      <div className="evidence-camera-list">
        {(devices ?? []).map(({ id, name }) => (
          <CheckBox key={id} label={name} isSelected={value.includes(id)} onChange={(on) => toggle(id, on)} />
        ))}
      </div>
    </div>
  );
}
