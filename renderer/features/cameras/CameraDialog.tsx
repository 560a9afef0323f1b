import type { FormEvent } from 'react';
import { useRef, useState } from 'react';
import { Form } from 'react-aria-components';
import type { Device } from '../../../contract';
import { useDevices } from '../../data/DevicesProvider';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { FailureNotice } from '../../ui/FailureNotice';
import { Notice } from '../../ui/Notice';
import { toast } from '../../ui/toasts';
import { CameraFields } from './CameraFields';
import { ConnectionTest } from './ConnectionTest';
import { ConsentDialog } from './ConsentDialog';
import { DiscardDialog } from './DiscardDialog';
import type { CameraTask, CameraValues } from './formModel';
import { fieldErrorsOf, isChanged, passwordOwner, startValues, validate } from './formModel';
import { useConnectionTest } from './useConnectionTest';
import { useSaveCamera } from './useSaveCamera';

const FORM = 'camera-form';

export interface CameraDialogProps {
  readonly task: CameraTask;
  readonly onClose: () => void;
}

/** Adds, copies or edits a camera. */
export function CameraDialog({ task, onClose }: CameraDialogProps) {
  const { refetch } = useDevices();
  const [start] = useState<CameraValues>(() => startValues(task));
  const [values, setValues] = useState(start);
  // Errors appear with the first attempt to save or test, and go as they are mended.
  const [isChecked, setChecked] = useState(false);
  const [notice, setNotice] = useState<string | null>(null);
  const [isLeaving, setLeaving] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const { save, saving, error, needsConsent, agree, decline } = useSaveCamera();
  const test = useConnectionTest(values, passwordOwner(task));

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
    toast({ tone: 'ok', title: t(task.kind === 'edit' ? 'form.saved' : 'form.added', { name: saved.name }) });
    onClose();
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (saving || !check(null)) return;
    void save(values, task).then(finish);
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
      title={titleOf(task)}
      onClose={leave}
      footer={
        <>
          <Button onPress={leave}>{t('common.cancel')}</Button>
          <Button look="primary" type="submit" form={FORM} isPending={saving}>
            {saving ? t('form.saving') : t(task.kind === 'edit' ? 'common.save' : 'cameras.add')}
          </Button>
        </>
      }
    >
      <div className="camera-form">
        <Form id={FORM} ref={form} onSubmit={onSubmit} validationBehavior="aria" className="camera-form-left">
          <FailureNotice title={t('form.failed')} error={Object.keys(refused).length > 0 ? null : error} />
          {task.kind === 'clone' ? <Notice tone="info">{t('form.cloneHint')}</Notice> : null}
          <CameraFields
            values={values}
            errors={errors}
            passwordFrom={passwordOwner(task) === null ? null : task.kind}
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
          onAgree={() => void agree(values, task).then(finish)}
          onCancel={decline}
        />
      ) : null}
      {isLeaving ? (
        <DiscardDialog onDiscard={onClose} onKeep={() => setLeaving(false)}>
          {t('form.discardText')}
        </DiscardDialog>
      ) : null}
    </Dialog>
  );
}

function titleOf(task: CameraTask): string {
  switch (task.kind) {
    case 'add':
      return t('form.addTitle');
    case 'clone':
      return t('form.cloneTitle', { name: task.device.name });
    case 'edit':
      return t('form.editTitle', { name: task.device.name });
  }
}
