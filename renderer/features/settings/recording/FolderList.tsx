import { useState } from 'react';
import type { ResponseOf, StorageFolder } from '../../../../contract';
import type { CallError } from '../../../data/call';
import { useCommand } from '../../../data/useCommand';
import { t } from '../../../strings';
import { Busy } from '../../../ui/Busy';
import { Button } from '../../../ui/Button';
import { FolderIcon } from '../../../ui/icons';
import { FailureNotice } from '../../../ui/FailureNotice';
import { bytesText } from '../../../ui/timeText';
import { toast } from '../../../ui/toasts';
import type { Destination } from './MoveDialog';
import { MoveDialog } from './MoveDialog';
import { FolderCard } from './FolderCard';
import { GiveUpDialog } from './GiveUpDialog';

export interface FolderListProps {
  /** Null until the first answer. */
  readonly folders: readonly StorageFolder[] | null;
  readonly error: CallError | null;
  readonly onChanged: () => void;
}

type Chosen = NonNullable<ResponseOf<'storage.choose'>['chosen']>;

const destinationOf = (chosen: Chosen): Destination => ({
  ...{ request: { token: chosen.token }, path: chosen.path, sameDisk: chosen.same_disk },
  ...{ freeBytes: chosen.free_bytes, totalBytes: chosen.total_bytes },
});

/** The folders that hold recordings, and the way to another one. */
export function FolderList({ folders, error, onChanged }: FolderListProps) {
  const choose = useCommand('storage.choose');
  const forget = useCommand('storage.forget');
  const [destination, setDestination] = useState<Destination | null>(null);
  const giving = useCommand('storage.give-up');
  /** Somebody is asked whether it shall be given up. */
  const [doubted, setDoubted] = useState<StorageFolder | null>(null);
  const [givenUp, setGivenUp] = useState<string | null>(null);
  // That of many recordings takes minutes, in which somebody has other things to do.
  const giveUp = async ({ id, path }: StorageFolder) => {
    setDoubted(null);
    setGivenUp(id);
    const done = await giving.run({ folder_id: id });
    setGivenUp(null);
    if (!done.ok) toast({ tone: 'bad', title: t('storage.forgetFailed'), text: done.error.message });
    else
      toast({
        tone: 'ok',
        title: t('storage.givenUp', { path }),
        ...(done.data.segments === 0
          ? {}
          : { text: t('storage.givenUpText', { size: bytesText(done.data.bytes) }) }),
      });
    onChanged();
  };
  const startChoosing = async () => {
    const found = await choose.run({});
    if (found.ok && found.data.chosen) setDestination(destinationOf(found.data.chosen));
  };
  const remove = async (folder: StorageFolder) => {
    const done = await forget.run({ folder_id: folder.id });
    if (!done.ok) toast({ tone: 'bad', title: t('storage.forgetFailed'), text: done.error.message });
    onChanged();
  };
  return (
    <section className="folders" aria-label={t('storage.title')}>
      <div className="folders-head">
        <div className="setting-words">
          <p className="setting-title">{t('storage.title')}</p>
          <p className="setting-hint">{t('storage.hint')}</p>
        </div>
        <Button isPending={choose.running} onPress={() => void startChoosing()}>
          <FolderIcon size={16} />
          {t(choose.running ? 'storage.choosing' : 'storage.choose')}
        </Button>
      </div>
      <FailureNotice title={t('storage.chooseFailed')} error={choose.error} />
      <FailureNotice title={t('storage.failed')} error={error} />
      {folders === null && error === null ? <Busy text={t('storage.loading')} /> : null}
      <ul className="folder-cards">
        {folders?.map((folder) => (
          <FolderCard
            key={folder.id}
            folder={folder}
            onUse={() =>
              setDestination({
                ...{ request: { folder_id: folder.id }, path: folder.path, sameDisk: false },
                ...{ freeBytes: folder.space?.free_bytes ?? 0, totalBytes: folder.space?.total_bytes ?? 0 },
              })
            }
            onForget={() => void remove(folder)}
            onGiveUp={() => setDoubted(folder)}
            isGivingUp={givenUp === folder.id}
          />
        ))}
      </ul>
      {doubted === null ? null : (
        <GiveUpDialog
          folder={doubted}
          onConfirm={() => void giveUp(doubted)}
          onCancel={() => setDoubted(null)}
        />
      )}
      {destination === null ? null : (
        <MoveDialog
          destination={destination}
          onClose={() => {
            setDestination(null);
            onChanged();
          }}
        />
      )}
    </section>
  );
}
