import type { FormEvent } from 'react';
import { useState } from 'react';
import type { Layout, LayoutContent } from '../../../../contract';
import { useCommand } from '../../../data/useCommand';
import { t } from '../../../strings';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/Dialog';
import { TextInput } from '../../../ui/TextInput';
import { toast } from '../../../ui/toasts';

export interface SaveLayoutDialogProps {
  readonly content: LayoutContent;
  readonly onSaved: (layout: Layout) => void;
  readonly onClose: () => void;
}

/** Keeps what is shown under a name. */
export function SaveLayoutDialog({ content, onSaved, onClose }: SaveLayoutDialogProps) {
  const [name, setName] = useState('');
  const [missing, setMissing] = useState(false);
  const { run, running, error, reset } = useCommand('layouts.create');
  const save = async (event?: FormEvent) => {
    event?.preventDefault();
    if (name.trim() === '') return setMissing(true);
    const saved = await run({ name, content });
    if (!saved.ok) return;
    toast({ tone: 'ok', title: t('layouts.saved', { name: saved.data.name }) });
    onSaved(saved.data);
  };
  return (
    <Dialog
      title={t('layouts.nameTitle')}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" isPending={running} onPress={() => void save()}>
            {t('layouts.saveAction')}
          </Button>
        </>
      }
    >
      <form onSubmit={(event) => void save(event)}>
        <TextInput
          label={t('layouts.name')}
          name="name"
          value={name}
          placeholder={t('layouts.namePlaceholder')}
          autoFocus
          error={missing ? t('layouts.nameMissing') : (error?.message ?? null)}
          onChange={(value) => {
            setName(value);
            setMissing(false);
            reset();
          }}
        />
      </form>
    </Dialog>
  );
}
