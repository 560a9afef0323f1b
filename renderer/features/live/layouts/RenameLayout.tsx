import type { FormEvent } from 'react';
import { useState } from 'react';
import type { Layout } from '../../../../contract';
import { useCommand } from '../../../data/useCommand';
import { t } from '../../../strings';
import { Button } from '../../../ui/Button';
import { TextInput } from '../../../ui/TextInput';

export interface RenameLayoutProps {
  readonly layout: Layout;
  readonly onDone: () => void;
}

/** The name of a layout while it is being changed. */
export function RenameLayout({ layout, onDone }: RenameLayoutProps) {
  const [name, setName] = useState(layout.name);
  const { run, running, error } = useCommand('layouts.update');
  const save = async (event?: FormEvent) => {
    event?.preventDefault();
    if ((await run({ id: layout.id, name })).ok) onDone();
  };
  return (
    <form className="layout-rename" onSubmit={(event) => void save(event)}>
      <TextInput
        label={t('layouts.name')}
        name="name"
        value={name}
        onChange={setName}
        autoFocus
        error={error?.message ?? null}
      />
      <Button look="primary" isPending={running} onPress={() => void save()}>
        {t('layouts.renameAction')}
      </Button>
      <Button onPress={onDone}>{t('common.cancel')}</Button>
    </form>
  );
}
