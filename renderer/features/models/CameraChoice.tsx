import { useState } from 'react';
import type { Device } from '../../../contract';
import { useDevices } from '../../data/DevicesProvider';
import { t } from '../../strings';
import { SelectInput } from '../../ui/SelectInput';
import { DetectionDialog } from '../detection/DetectionDialog';

const NONE = '';

/** Opens what models look for on a camera. */
export function CameraChoice() {
  const { devices, byId } = useDevices();
  const [device, setDevice] = useState<Device | null>(null);
  if (devices === null || devices.length === 0) return null;
  return (
    <div className="models-camera">
      <SelectInput
        label={t('models.camera')}
        labelHidden
        value={NONE}
        options={[
          { value: NONE, label: t('models.camera') },
          ...devices.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(id) => setDevice(byId.get(id) ?? null)}
      />
      {device === null ? null : <DetectionDialog device={device} onClose={() => setDevice(null)} />}
    </div>
  );
}
