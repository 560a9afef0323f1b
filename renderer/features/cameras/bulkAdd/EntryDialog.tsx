import type { FormEvent } from 'react';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { t } from '../../../strings';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/Dialog';
import { TextInput } from '../../../ui/TextInput';
import { AccessFields } from '../AccessFields';
import { validate } from '../formModel';
import { splitAddress } from '../splitAddress';
import type { Entry } from './entries';
import { valuesOf } from './entries';

const FORM = 'bulk-entry';

export interface EntryDialogProps {
  readonly entry: Entry;
  readonly onApply: (entry: Entry) => void;
  readonly onClose: () => void;
}

/** Corrects one line of the list. */
export function EntryDialog({ entry, onApply, onClose }: EntryDialogProps) {
  const [values, setValues] = useState(entry);
  const errors = validate(valuesOf(values));
  const set = (change: Partial<Entry>) => setValues({ ...values, ...change });
  const field = (name: 'name' | 'location' | 'sub_rtsp_url', of: 'name' | 'location' | 'subAddress') => ({
    name,
    value: values[of],
    error: errors[name] ?? null,
    onChange: (text: string) => set({ [of]: text }),
  });
  const onAddress = (text: string) => {
    const split = splitAddress(text);
    if (split === null) set({ address: text });
    else set({ address: split.address, username: split.username, password: split.password });
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    onApply(values);
  };
  return (
    <Dialog
      title={t('bulkAdd.editTitle', { line: entry.line })}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button look="primary" type="submit" form={FORM}>
            {t('common.apply')}
          </Button>
        </>
      }
    >
      <Form id={FORM} className="camera-fields" onSubmit={onSubmit} validationBehavior="aria">
        <TextInput
          label={t('form.address')}
          name="rtsp_url"
          autoFocus
          value={values.address}
          error={errors.rtsp_url ?? null}
          onChange={onAddress}
        />
        <TextInput label={t('form.name')} {...field('name', 'name')} />
        <TextInput label={t('form.location')} {...field('location', 'location')} />
        <TextInput label={t('form.subAddress')} {...field('sub_rtsp_url', 'subAddress')} />
        <AccessFields value={values} errors={errors} onChange={set} />
      </Form>
    </Dialog>
  );
}
