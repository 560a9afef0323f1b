import type { FormEvent } from 'react';
import { useRef, useState } from 'react';
import { Form } from 'react-aria-components';
import type { Device } from '../../../contract';
import { useDevices } from '../../data/DevicesProvider';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { Dialog } from '../../ui/Dialog';
import { Notice } from '../../ui/Notice';
import { toast } from '../../ui/toasts';
import { CameraFields } from './CameraFields';
import { ConnectionTest } from './ConnectionTest';
import { ConsentDialog } from './ConsentDialog';
import type { CameraValues } from './formModel';
import { fieldErrorsOf, isChanged, NEW_CAMERA, validate, valuesOf } from './formModel';
import { useConnectionTest } from './useConnectionTest';
import { useSaveCamera } from './useSaveCamera';

const FORM = 'camera-form';

export interface CameraDialogProps {
  /** Null to add one. */
  readonly device: Device | null;
  readonly onClose: () => void;
}

/** Adds or edits a camera. */
export function CameraDialog({ device, onClose }: CameraDialogProps) {
  const { refetch } = useDevices();
  const [start] = useState<CameraValues>(() => (device === null ? NEW_CAMERA : valuesOf(device)));
  const [values, setValues] = useState(start);
  // Errors appear with the first attempt to save or test, and go as they are mended.
  const [isChecked, setChecked] = useState(false);
  const [notice, setNotice] = useState<string | null>(null);
  const [isLeaving, setLeaving] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const { save, saving, error, needsConsent, agree, decline } = useSaveCamera();
  const test = useConnectionTest(values, device);

  const found = validate(values);
  const refused = error === null ? {} : fieldErrorsOf(error);
  const errors = isChecked ? { ...refused, ...found } : refused;

  /** Shows what is wrong and goes to the first such field. */
  const check = (fields: readonly string[] | null): boolean => {
    const wrong = Object.keys(found).filter((field) => fields === null || fields.includes(field));
    if (wrong.length === 0) return true;
    setChecked(true);
    const inputs = [...(form.current?.querySelectorAll('input') ?? [])];
    inputs.find((input) => wrong.includes(input.name))?.focus();
    return false;
  };
  const finish = (saved: Device | null) => {
    if (saved === null) return;
    refetch();
    toast({ tone: 'ok', title: t(device === null ? 'form.added' : 'form.saved', { name: saved.name }) });
    onClose();
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (saving || !check(null)) return;
    void save(values, device).then(finish);
  };
  const onTest = () => {
    if (check(['rtsp_url', 'sub_rtsp_url', 'username', 'password'])) void test.run();
  };
  const leave = () => {
    if (isChanged(values, start)) setLeaving(true);
    else onClose();
  };

  return (
    <Dialog
      size="large"
      title={device === null ? t('form.addTitle') : t('form.editTitle', { name: device.name })}
      onClose={leave}
      footer={
        <>
          <Button onPress={leave}>{t('common.cancel')}</Button>
          <Button look="primary" type="submit" form={FORM} isPending={saving}>
            {saving ? t('form.saving') : device === null ? t('cameras.add') : t('form.save')}
          </Button>
        </>
      }
    >
      <div className="camera-form">
        <Form id={FORM} ref={form} onSubmit={onSubmit} validationBehavior="aria" className="camera-form-left">
          {error === null || Object.keys(refused).length > 0 ? null : (
            <Notice tone="bad" live="alert" title={t('form.failed')}>
              {error.message}
            </Notice>
          )}
          <CameraFields
            values={values}
            errors={errors}
            hasPassword={device?.has_password ?? false}
            notice={notice}
            onChange={setValues}
            onNotice={setNotice}
          />
        </Form>
        <ConnectionTest test={test} onTest={onTest} />
      </div>
      {needsConsent ? (
        <ConsentDialog
          isBusy={saving}
          onAgree={() => void agree(values, device).then(finish)}
          onCancel={decline}
        />
      ) : null}
      {isLeaving ? (
        <ConfirmDialog
          title={t('form.discardTitle')}
          action={t('form.discard')}
          cancel={t('form.keepEditing')}
          look="danger"
          onConfirm={onClose}
          onCancel={() => setLeaving(false)}
        >
          <p>{t('form.discardText')}</p>
        </ConfirmDialog>
      ) : null}
    </Dialog>
  );
}
