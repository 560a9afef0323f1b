import { useState } from 'react';
import { useDevices } from '../../data/DevicesProvider';
import { plural, t } from '../../strings';
import { Busy } from '../../ui/Busy';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { EmptyState } from '../../ui/EmptyState';
import { EyeIcon, FolderIcon, ReconnectIcon } from '../../ui/icons';
import { FailureNotice } from '../../ui/FailureNotice';
import { SelectInput } from '../../ui/SelectInput';
import { findingsOf } from './findings';
import { TrialFindings } from './TrialFindings';
import { TrialPicture } from './TrialPicture';
import { useTrial } from './useTrial';
import './trial.css';

export interface TrialDialogProps {
  readonly modelId: string;
  readonly name: string;
  /** The model is switched off. */
  readonly isOff: boolean;
  readonly onUse: () => void;
  readonly onClose: () => void;
}

const NONE = '';

/** Shows a model single pictures before cameras use it. */
export function TrialDialog({ modelId, name, isOff, onUse, onClose }: TrialDialogProps) {
  const { devices } = useDevices();
  const { source, looked, isLooking, error, look, choose } = useTrial(modelId);
  const [least, setLeast] = useState<number | null>(null);
  const [marked, setMarked] = useState<number | null>(null);
  const confidence = least ?? looked?.result.own_confidence ?? 0;
  const found = looked === null ? null : findingsOf(looked.result, confidence);
  return (
    <Dialog
      size="large"
      title={t('trial.title', { name })}
      onClose={onClose}
      footer={
        <>
          {isOff ? (
            <span className="trial-off">
              {t('trial.isOff')}
              <Button onPress={onUse}>{t('trial.use')}</Button>
            </span>
          ) : null}
          <Button onPress={onClose}>{t('common.close')}</Button>
        </>
      }
    >
      <div className="trial-tools">
        <Button look={source === null ? 'primary' : 'plain'} autoFocus onPress={choose}>
          <FolderIcon size={16} />
          {t('trial.choose')}
        </Button>
        <SelectInput
          label={t('trial.camera')}
          labelHidden
          value={source?.kind === 'camera' ? source.cameraId : NONE}
          options={[
            { value: NONE, label: t('trial.noCamera') },
            ...(devices ?? []).map((device) => ({ value: device.id, label: device.name })),
          ]}
          onChange={(cameraId) => {
            const camera = devices?.find(({ id }) => id === cameraId);
            if (camera) look({ kind: 'camera', cameraId, name: camera.name });
          }}
        />
        <span className="trial-source">{source?.kind === 'file' ? source.name : null}</span>
        {source === null ? null : (
          <Button isDisabled={isLooking} onPress={() => look(source)}>
            <ReconnectIcon size={16} />
            {t('trial.again')}
          </Button>
        )}
      </div>
      <div className="trial">
        <div className="trial-view">
          {isLooking ? <Busy text={t('trial.looking')} /> : null}
          <FailureNotice title={t('trial.failed')} error={isLooking ? null : error} />
          {!isLooking && error === null && looked === null ? (
            <EmptyState icon={EyeIcon} title={t('trial.emptyTitle')} text={t('trial.emptyText')} />
          ) : null}
          {looked === null || found === null || isLooking ? null : (
            <TrialPicture looked={looked} findings={found.shown} marked={marked} />
          )}
        </div>
        {looked === null || found === null ? null : (
          <TrialFindings
            result={looked.result}
            shown={found.shown}
            hidden={found.hidden}
            least={confidence}
            onLeast={setLeast}
            onMark={setMarked}
          />
        )}
      </div>
      <p className="visually-hidden" role="status">
        {found === null ? '' : plural('trial.found', found.shown.length)}
      </p>
    </Dialog>
  );
}
