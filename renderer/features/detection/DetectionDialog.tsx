import { useState } from 'react';
import type { Assignment, Device, Model } from '../../../contract';
import { useSettings } from '../../data/SettingsProvider';
import { useCommand } from '../../data/useCommand';
import { useQuery } from '../../data/useQuery';
import { t } from '../../strings';
import { Busy } from '../../ui/Busy';
import { Button } from '../../ui/Button';
import { ConfirmDialog } from '../../ui/ConfirmDialog';
import { Dialog } from '../../ui/Dialog';
import { IconButton } from '../../ui/IconButton';
import { TrashIcon } from '../../ui/icons';
import { FailureNotice } from '../../ui/FailureNotice';
import { Notice } from '../../ui/Notice';
import { Toggle } from '../../ui/Toggle';
import { toast } from '../../ui/toasts';
import { ModelName } from '../models/ModelName';
import { useNavigation } from '../shell/Navigation';
import { AssignmentEditor } from './AssignmentEditor';
import './detection.css';

export interface DetectionDialogProps {
  readonly device: Device;
  /** Shown first, where it is assigned. */
  readonly modelId?: string;
  readonly onClose: () => void;
}

/** Which models look at a camera, and how. Only intents are stored; what runs follows by itself (INV-95, INV-97). */
export function DetectionDialog({ device, modelId, onClose }: DetectionDialogProps) {
  const models = useQuery('ai-models.list', {});
  const assigned = useQuery('ai-model-assignments.list', { camera_id: device.id });
  const containers = useQuery('model-containers.list', {});
  const { frameExport } = useSettings();
  const { open } = useNavigation();
  const [chosen, setChosen] = useState<string | null>(modelId ?? null);
  const [isTouched, setTouched] = useState(false);
  const [leaving, setLeaving] = useState<(() => void) | null>(null);
  const [removing, setRemoving] = useState<Assignment | null>(null);
  const create = useCommand('ai-model-assignments.create');
  const update = useCommand('ai-model-assignments.update');
  const remove = useCommand('ai-model-assignments.delete');

  const list = models.data?.models ?? [];
  const assignments = assigned.data?.assignments ?? [];
  const of = (id: string): Assignment | undefined => assignments.find(({ model_id }) => model_id === id);
  const shownId = chosen ?? assignments[0]?.model_id ?? list[0]?.model_id ?? null;
  const shown = list.find(({ model_id }) => model_id === shownId) ?? null;
  const assignment = shownId === null ? undefined : of(shownId);
  const error = models.error ?? assigned.error;
  const classNames =
    containers.data?.containers.find(({ model_id }) => model_id === shownId)?.class_names ?? [];

  /** Asks first when something is entered that is not saved. */
  const leave = (then: () => void) => (isTouched ? setLeaving(() => then) : then());
  const settle = (outcome: { ok: boolean; error?: { message: string } }) => {
    if (!outcome.ok)
      toast({ tone: 'bad', title: t('detection.notSaved'), text: outcome.error?.message ?? '' });
    assigned.refetch();
  };
  const onToggle = (model: Model) => async (enabled: boolean) => {
    const present = of(model.model_id);
    if (present === undefined)
      settle(await create.run({ camera_id: device.id, model_id: model.model_id, enabled }));
    else settle(await update.run({ id: present.id, enabled }));
    if (!isTouched) setChosen(model.model_id);
  };
  const onRemove = async (present: Assignment) => {
    setRemoving(null);
    settle(await remove.run({ id: present.id }));
    setTouched(false);
  };

  return (
    <Dialog
      size="large"
      title={t('detection.title', { name: device.name })}
      onClose={() => leave(onClose)}
      footer={<Button onPress={() => leave(onClose)}>{t('common.close')}</Button>}
    >
      <div className="detection">
        {frameExport?.running === false ? (
          <Notice
            tone="warn"
            title={t('detection.off')}
            actions={
              <Button
                onPress={() =>
                  leave(() => {
                    onClose();
                    open('settings');
                  })
                }
              >
                {t('detection.toSettings')}
              </Button>
            }
          >
            {t('detection.offText')}
          </Notice>
        ) : null}
        <FailureNotice title={t('detection.failed')} error={error} />
        {models.data === null && error === null ? <Busy text={t('detection.loading')} /> : null}
        {models.data !== null && list.length === 0 ? (
          <p className="field-hint">{t('detection.noModels')}</p>
        ) : null}
        <div className="detection-columns">
          <ul className="detection-models" aria-label={t('detection.models')}>
            {list.map((model) => (
              <li key={model.model_id} className="detection-model" data-chosen={model.model_id === shownId}>
                <Button
                  look="quiet"
                  className="detection-model-name"
                  aria-pressed={model.model_id === shownId}
                  onPress={() => leave(() => setChosen(model.model_id))}
                >
                  <ModelName name={model.name} />
                </Button>
                <Toggle
                  label={t('detection.use', { model: model.name })}
                  labelHidden
                  isSelected={of(model.model_id)?.enabled === true}
                  isDisabled={!model.enabled && of(model.model_id)?.enabled !== true}
                  onChange={(on) => void onToggle(model)(on)}
                />
              </li>
            ))}
          </ul>
          {shown === null ? null : (
            <section className="detection-shown" aria-label={shown.name}>
              <div className="detection-head">
                <p className="field-hint">{shown.description}</p>
                {assignment === undefined ? null : (
                  <IconButton
                    label={t('detection.remove', { model: shown.name })}
                    onPress={() => setRemoving(assignment)}
                  >
                    <TrashIcon />
                  </IconButton>
                )}
              </div>
              {shown.enabled ? null : <Notice tone="info">{t('detection.modelOff')}</Notice>}
              {assignment === undefined ? (
                <p className="detection-unused">{t('detection.unused')}</p>
              ) : (
                <AssignmentEditor
                  key={assignment.id}
                  device={device}
                  assignment={assignment}
                  model={shown}
                  classNames={classNames}
                  onSaved={assigned.refetch}
                  onTouched={setTouched}
                />
              )}
            </section>
          )}
        </div>
      </div>
      {removing === null || shown === null ? null : (
        <ConfirmDialog
          title={t('detection.removeTitle', { model: shown.name })}
          action={t('detection.removeAction')}
          look="danger"
          onCancel={() => setRemoving(null)}
          onConfirm={() => void onRemove(removing)}
        >
          <p>{t('detection.removeText')}</p>
        </ConfirmDialog>
      )}
      {leaving === null ? null : (
        <ConfirmDialog
          title={t('detection.discardTitle')}
          action={t('form.discard')}
          cancel={t('form.keepEditing')}
          look="danger"
          onCancel={() => setLeaving(null)}
          onConfirm={() => {
            setLeaving(null);
            setTouched(false);
            leaving();
          }}
        >
          <p>{t('detection.discardText')}</p>
        </ConfirmDialog>
      )}
    </Dialog>
  );
}
