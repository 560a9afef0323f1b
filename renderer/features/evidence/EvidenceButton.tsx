import { useState } from 'react';
import { useMay } from '../../data/SessionProvider';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { EvidenceDialog } from './EvidenceDialog';

export interface EvidenceButtonProps {
  readonly cameraIds: readonly string[];
  /** Milliseconds since the epoch; asked when it is pressed. */
  readonly range: () => { readonly start: number; readonly end: number };
}

/** Opens the export of evidence with cameras and a range; nothing for those who may not export. */
export function EvidenceButton({ cameraIds, range }: EvidenceButtonProps) {
  const [opened, open] = useState<{ readonly start: number; readonly end: number } | null>(null);
  if (!useMay('export')) return null;
  return (
    <>
      <Button onPress={() => open(range())}>{t('evidence.open')}</Button>
      {opened === null ? null : (
        <EvidenceDialog cameraIds={cameraIds} {...opened} onClose={() => open(null)} />
      )}
    </>
  );
}
