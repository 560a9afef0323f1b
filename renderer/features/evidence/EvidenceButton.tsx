import { useState } from 'react';
import { DevicesWith } from '../../data/DevicesWith';
import { useMay, useMayCamera } from '../../data/SessionProvider';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { EvidenceDialog } from './EvidenceDialog';

export interface EvidenceButtonProps {
  readonly cameraIds: readonly string[];
  /** Milliseconds since the epoch; asked when it is pressed. */
  readonly range: () => { readonly start: number; readonly end: number };
}

/** Opens the export of evidence with cameras and a range; nothing for those who may not export from any of them. */
export function EvidenceButton({ cameraIds, range }: EvidenceButtonProps) {
  const [opened, open] = useState<{ readonly start: number; readonly end: number } | null>(null);
  const may = useMay('export');
  const mayCamera = useMayCamera('export');
  const allowed = cameraIds.filter(mayCamera);
  if (!may || allowed.length === 0) return null;
  return (
    <>
      <Button onPress={() => open(range())}>{t('evidence.open')}</Button>
      {opened === null ? null : (
        <DevicesWith right="export">
          <EvidenceDialog cameraIds={allowed} {...opened} onClose={() => open(null)} />
        </DevicesWith>
      )}
    </>
  );
}
