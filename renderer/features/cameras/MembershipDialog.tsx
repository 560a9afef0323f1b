import { useState } from 'react';
import type { CameraGroup, Device } from '../../../contract';
import { useDevices } from '../../data/DevicesProvider';
import { command, toCallError } from '../../data/call';
import { plural, t } from '../../strings';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Notice } from '../../ui/Notice';
import { toast } from '../../ui/toasts';
import type { GroupCheck } from './GroupChecks';
import { GroupChecks } from './GroupChecks';
import { changesOf, membershipsOf } from './membership';

export interface MembershipDialogProps {
  readonly devices: readonly Device[];
  readonly groups: readonly CameraGroup[];
  readonly onClose: () => void;
}

/** Puts several cameras into groups and takes them out. */
export function MembershipDialog({ devices, groups, onClose }: MembershipDialogProps) {
  const { refetch } = useDevices();
  const [before] = useState<readonly GroupCheck[]>(() =>
    membershipsOf(
      groups.map(({ name }) => name),
      devices,
    ),
  );
  const [checks, setChecks] = useState(before);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const changes = changesOf(groups, before, checks);

  const apply = async () => {
    setBusy(true);
    setError(null);
    const camera_ids = devices.map(({ id }) => id);
    try {
      for (const change of changes) {
        if (change.kind === 'create') await command('groups.create', { name: change.name, camera_ids });
        else if (change.kind === 'add') await command('groups.add-members', { id: change.id, camera_ids });
        else await command('groups.remove-members', { id: change.id, camera_ids });
      }
      toast({ tone: 'ok', title: t('groups.applied') });
      onClose();
    } catch (thrown) {
      setError(toCallError(thrown, 'groups').message);
    } finally {
      setBusy(false);
      refetch();
    }
  };

  return (
    <Dialog
      title={plural('groups.forMany', devices.length)}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button
            look="primary"
            isPending={isBusy}
            isDisabled={changes.length === 0}
            onPress={() => void apply()}
          >
            {t('common.apply')}
          </Button>
        </>
      }
    >
      <p className="field-hint">{t('groups.forManyText')}</p>
      {error === null ? null : (
        <Notice tone="bad" live="alert" title={t('groups.failed')}>
          {error}
        </Notice>
      )}
      <GroupChecks
        label={t('groups.list')}
        groups={checks}
        onChange={(name, isMember) =>
          setChecks(
            checks.map((check) =>
              check.name === name ? { name, membership: isMember ? 'all' : 'none' } : check,
            ),
          )
        }
        onAdd={(name) => setChecks([...checks, { name, membership: 'all' }])}
      />
    </Dialog>
  );
}
