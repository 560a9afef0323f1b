import { useState } from 'react';
import type { Layout } from '../../../../contract';
import { useCommand } from '../../../data/useCommand';
import { plural, t } from '../../../strings';
import { Button } from '../../../ui/Button';
import { ConfirmDialog } from '../../../ui/ConfirmDialog';
import { Dialog } from '../../../ui/Dialog';
import { EditIcon, TrashIcon } from '../../../ui/icons';
import { IconButton } from '../../../ui/IconButton';
import { DownIcon, UpIcon } from '../../../ui/wallIcons';
import { LayoutGlyph } from '../wall/LayoutGlyph';
import { RenameLayout } from './RenameLayout';

export interface ManageLayoutsDialogProps {
  readonly layouts: readonly Layout[];
  readonly onClose: () => void;
}

/** Renames, reorders and deletes named layouts. */
export function ManageLayoutsDialog({ layouts, onClose }: ManageLayoutsDialogProps) {
  const [renaming, setRenaming] = useState<string | null>(null);
  const [deleting, setDeleting] = useState<Layout | null>(null);
  const reorder = useCommand('layouts.reorder');
  const remove = useCommand('layouts.delete');
  const failure = reorder.error ?? remove.error;
  const move = (from: number, by: 1 | -1) => {
    const ids = layouts.map(({ id }) => id);
    const [moved] = ids.splice(from, 1);
    if (moved === undefined) return;
    ids.splice(from + by, 0, moved);
    void reorder.run({ ids });
  };

  if (deleting !== null)
    return (
      <ConfirmDialog
        title={t('layouts.deleteTitle', { name: deleting.name })}
        action={t('layouts.deleteAction')}
        look="danger"
        isBusy={remove.running}
        onCancel={() => setDeleting(null)}
        onConfirm={() => void remove.run({ id: deleting.id }).then(() => setDeleting(null))}
      >
        <p>{t('layouts.deleteText')}</p>
      </ConfirmDialog>
    );
  return (
    <Dialog
      title={t('layouts.manageTitle')}
      onClose={onClose}
      footer={<Button onPress={onClose}>{t('common.close')}</Button>}
    >
      {failure === null ? null : (
        <p className="layouts-failure" role="alert">
          {t('layouts.changeFailed')}. {failure.message}
        </p>
      )}
      <ul className="layout-rows">
        {layouts.map((layout, index) => (
          <li key={layout.id} className="layout-row">
            <LayoutGlyph kind={layout.content.kind} />
            {renaming === layout.id ? (
              <RenameLayout layout={layout} onDone={() => setRenaming(null)} />
            ) : (
              <>
                <span className="layout-row-name">{layout.name}</span>
                <span className="layout-row-detail">
                  {plural('layouts.tiles', layout.content.tiles.length)}
                </span>
                <IconButton
                  label={t('layouts.rename', { name: layout.name })}
                  onPress={() => setRenaming(layout.id)}
                >
                  <EditIcon />
                </IconButton>
                <IconButton
                  label={t('layouts.moveUp', { name: layout.name })}
                  isDisabled={index === 0}
                  onPress={() => move(index, -1)}
                >
                  <UpIcon />
                </IconButton>
                <IconButton
                  label={t('layouts.moveDown', { name: layout.name })}
                  isDisabled={index === layouts.length - 1}
                  onPress={() => move(index, 1)}
                >
                  <DownIcon />
                </IconButton>
                <IconButton
                  label={t('layouts.delete', { name: layout.name })}
                  onPress={() => setDeleting(layout)}
                >
                  <TrashIcon />
                </IconButton>
              </>
            )}
          </li>
        ))}
      </ul>
      {layouts.length === 0 ? <p className="layouts-none">{t('layouts.none')}</p> : null}
    </Dialog>
  );
}
