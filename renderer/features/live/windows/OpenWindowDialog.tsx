import { useState } from 'react';
import type { Layout } from '../../../../contract';
import { useCommand } from '../../../data/useCommand';
import { t } from '../../../strings';
import { Button } from '../../../ui/Button';
import { ChoiceGroup } from '../../../ui/ChoiceGroup';
import { Dialog } from '../../../ui/Dialog';
import { thisWindow } from '../wall/thisWindow';
import type { WindowsState } from './useWindows';

export interface OpenWindowDialogProps {
  readonly layouts: readonly Layout[];
  /** The named layout that is shown here; null when none is. */
  readonly current: Layout | null;
  readonly windows: WindowsState;
  readonly onClose: () => void;
}

const NONE = 'none';

/** Opens a layout in a window of its own, best on another monitor. */
export function OpenWindowDialog({ layouts, current, windows, onClose }: OpenWindowDialogProps) {
  const here = windows.windows.find(({ id }) => id === thisWindow.id)?.display_id;
  const taken = new Set(windows.windows.map(({ display_id }) => display_id));
  const free = windows.displays.find(({ id }) => !taken.has(id));
  const other = windows.displays.find(({ id }) => id !== here);
  const [layoutId, setLayoutId] = useState(current?.id ?? layouts[0]?.id ?? NONE);
  const [displayId, setDisplayId] = useState((free ?? other)?.id ?? NONE);
  const { run, running, error } = useCommand('windows.open-wall');
  const open = async () => {
    const chosen = (value: string) => (value === NONE ? null : value);
    if ((await run({ layout_id: chosen(layoutId), display_id: chosen(displayId) })).ok) onClose();
  };
  return (
    <Dialog
      title={t('window.openTitle')}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" isPending={running} onPress={() => void open()}>
            {t('window.openAction')}
          </Button>
        </>
      }
    >
      <p className="dialog-text">{t('window.openText')}</p>
      <div className="window-choices">
        <ChoiceGroup
          label={t('window.layout')}
          value={layoutId}
          onChange={setLayoutId}
          choices={[
            ...layouts.map(({ id, name }) => ({ value: id, label: name })),
            { value: NONE, label: t('window.emptyLayout') },
          ]}
        />
        <ChoiceGroup
          label={t('window.monitor')}
          hint={t('window.monitorHint')}
          value={displayId}
          onChange={setDisplayId}
          choices={[
            ...windows.displays.map(({ id, label, width, height }, index) => ({
              value: id,
              label: t('window.onMonitor', {
                number: index + 1,
                name: [label, `${String(width)} × ${String(height)}`]
                  .filter((part) => part !== '')
                  .join(', '),
              }),
            })),
            { value: NONE, label: t('window.noMonitor') },
          ]}
        />
      </div>
      {error === null ? null : (
        <p className="layouts-failure" role="alert">
          {error.message}
        </p>
      )}
    </Dialog>
  );
}
