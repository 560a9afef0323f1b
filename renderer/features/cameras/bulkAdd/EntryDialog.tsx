import type { FormEvent } from 'react';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { t } from '../../../strings';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/Dialog';
import { TextInput } from '../../../ui/TextInput';
import { validate } from '../formModel';
import { PasswordInput } from '../PasswordInput';
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
            {t('groups.apply')}
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
        <TextInput
          label={t('form.name')}
          name="name"
          value={values.name}
          error={errors.name ?? null}
          onChange={(name) => set({ name })}
        />
        <TextInput
          label={t('form.location')}
          name="location"
          value={values.location}
          error={errors.location ?? null}
          onChange={(location) => set({ location })}
        />
        <TextInput
          label={t('form.subAddress')}
          name="sub_rtsp_url"
          value={values.subAddress}
          error={errors.sub_rtsp_url ?? null}
          onChange={(subAddress) => set({ subAddress })}
        />
        <div className="camera-pair">
          <TextInput
            label={t('form.username')}
            name="username"
            value={values.username}
            error={errors.username ?? null}
            onChange={(username) => set({ username })}
          />
          <PasswordInput
            value={values.password}
            error={errors.password ?? null}
            stored={null}
            forget={false}
            onForget={() => undefined}
            onChange={(password) => set({ password })}
          />
        </div>
      </Form>
    </Dialog>
  );
}
