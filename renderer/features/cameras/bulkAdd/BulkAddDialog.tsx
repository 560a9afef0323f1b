import { useState } from 'react';
import { ProgressBar } from 'react-aria-components';
import { plural, t } from '../../../strings';
import { Button } from '../../../ui/Button';
import { CheckBox } from '../../../ui/CheckBox';
import { Dialog } from '../../../ui/Dialog';
import { PlugIcon, PlusIcon } from '../../../ui/icons';
import { Notice } from '../../../ui/Notice';
import { toast } from '../../../ui/toasts';
import { ConsentDialog } from '../ConsentDialog';
import { DiscardDialog } from '../DiscardDialog';
import { CommonFields } from './CommonFields';
import type { Entry } from './entries';
import { EntryDialog } from './EntryDialog';
import { EntryTable } from './EntryTable';
import { ListSource } from './ListSource';
import { useBulkAdd } from './useBulkAdd';
import './bulkAdd.css';

/** Adds many cameras from a pasted list or a file. */
export function BulkAddDialog({ onClose }: { readonly onClose: () => void }) {
  const list = useBulkAdd();
  const [edited, setEdited] = useState<Entry | null>(null);
  const [isLeaving, setLeaving] = useState(false);
  const { entries, problems, ready, progress } = list;
  const isBusy = progress !== null;

  const leave = () => {
    if (entries.length > 0) setLeaving(true);
    else onClose();
  };
  const finish = (isComplete: boolean) => {
    if (!isComplete) return;
    toast({ tone: 'ok', title: plural('bulkAdd.done', ready.length) });
    onClose();
  };

  return (
    <Dialog
      size="large"
      title={t('bulkAdd.title')}
      onClose={leave}
      footer={
        <>
          {progress === null ? null : (
            <ProgressBar
              className="bulk-progress"
              value={progress.done}
              maxValue={Math.max(1, progress.total)}
              aria-label={t(`bulkAdd.progress.${progress.what}`)}
            >
              {({ percentage }) => (
                <>
                  <span className="numeric">
                    {t('bulkAdd.progress', {
                      what: t(`bulkAdd.progress.${progress.what}`),
                      done: progress.done,
                      total: progress.total,
                    })}
                  </span>
                  <progress className="bulk-track" aria-hidden="true" max={100} value={percentage ?? 0} />
                </>
              )}
            </ProgressBar>
          )}
          {isBusy ? (
            <Button onPress={list.cancel}>{t('bulkAdd.stop')}</Button>
          ) : (
            <Button onPress={leave}>{t(list.added > 0 ? 'common.close' : 'common.cancel')}</Button>
          )}
          <Button isDisabled={isBusy || entries.length === problems.size} onPress={() => void list.test()}>
            <PlugIcon size={16} />
            {t('bulkAdd.test')}
          </Button>
          <Button
            look="primary"
            isDisabled={isBusy || ready.length === 0}
            onPress={() => void list.add().then(finish)}
          >
            <PlusIcon size={16} />
            {ready.length === 0 ? t('bulkAdd.addNone') : plural('bulkAdd.add', ready.length)}
          </Button>
        </>
      }
    >
      <div className={entries.length === 0 ? 'bulk-add' : 'bulk-add bulk-add-full'}>
        <ListSource isDisabled={isBusy} hasEntries={entries.length > 0} onText={list.read} />
        {list.error === null ? null : (
          <Notice tone="bad" live="alert">
            {list.error}
          </Notice>
        )}
        {list.added > 0 && entries.length > 0 && !isBusy ? (
          <Notice tone="warn" live="status" title={plural('bulkAdd.done', list.added)}>
            {plural('bulkAdd.left', entries.length)}
          </Notice>
        ) : null}
        {entries.length === 0 ? null : (
          <>
            <CommonFields values={list.common} isDisabled={isBusy} onChange={list.setCommon} />
            <EntryTable
              entries={entries}
              problems={problems}
              common={list.common}
              isBold={list.isBold}
              isDisabled={isBusy}
              onEdit={setEdited}
              onRemove={list.remove}
            />
            {entries.some(({ test }) => test?.works === false) ? (
              <CheckBox label={t('bulkAdd.bold')} isSelected={list.isBold} onChange={list.setBold} />
            ) : null}
          </>
        )}
      </div>
      {edited === null ? null : (
        <EntryDialog
          entry={edited}
          onApply={(entry) => {
            setEdited(null);
            list.change(entry);
          }}
          onClose={() => setEdited(null)}
        />
      )}
      {list.needsConsent ? (
        <ConsentDialog
          isBusy={isBusy}
          onAgree={() => void list.agree().then(finish)}
          onCancel={list.decline}
        />
      ) : null}
      {isLeaving ? (
        <DiscardDialog
          onDiscard={() => {
            list.cancel();
            onClose();
          }}
          onKeep={() => setLeaving(false)}
        >
          {plural('bulkAdd.leave', entries.length)}
        </DiscardDialog>
      ) : null}
    </Dialog>
  );
}
