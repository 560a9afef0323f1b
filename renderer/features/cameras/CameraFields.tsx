import type { ClipboardEvent } from 'react';
import { t } from '../../strings';
import { ChoiceGroup } from '../../ui/ChoiceGroup';
import { afterPress } from '../../ui/afterPress';
import { Notice } from '../../ui/Notice';
import { TextInput } from '../../ui/TextInput';
import { Toggle } from '../../ui/Toggle';
import { AccessFields } from './AccessFields';
import type { CameraTask, CameraValues, FieldErrors } from './formModel';
import { absorbAddress } from './formModel';
import { GroupField } from './GroupField';
import { ScheduleField } from './schedule/ScheduleField';

export interface CameraFieldsProps {
  readonly values: CameraValues;
  readonly errors: FieldErrors;
  /** Where the password comes from that is used when none is typed; null when there is none. */
  readonly passwordFrom: CameraTask['kind'] | null;
  readonly notice: string | null;
  readonly onChange: (values: CameraValues) => void;
  /** Tells what was done with a pasted address; null takes the message away. */
  readonly onNotice: (notice: string | null) => void;
}

/** The fields of the camera form. */
export function CameraFields({
  values,
  errors,
  passwordFrom,
  notice,
  onChange,
  onNotice,
}: CameraFieldsProps) {
  const set = (change: Partial<CameraValues>) => onChange({ ...values, ...change });
  /** @returns whether the text held user information, which is now in its own fields */
  const absorb = (field: 'rtsp_url' | 'sub_rtsp_url', text: string, tell = onNotice): boolean => {
    const absorbed = absorbAddress(values, field, text);
    if (absorbed.notice === null) return false;
    onChange(absorbed.values);
    tell(absorbed.notice);
    return true;
  };
  const addressField = (field: 'rtsp_url' | 'sub_rtsp_url') => ({
    name: field,
    value: values[field],
    error: errors[field] ?? null,
    onChange: (text: string) => set({ [field]: text }),
    // The message makes the form taller: a button that is being pressed must not move away under the pointer.
    onBlur: () => void absorb(field, values[field], (text) => afterPress(() => onNotice(text))),
    onPaste: (event: ClipboardEvent<HTMLInputElement>) => {
      const { selectionStart, selectionEnd, value } = event.currentTarget;
      const pasted = event.clipboardData.getData('text').trim();
      const whole = value.slice(0, selectionStart ?? 0) + pasted + value.slice(selectionEnd ?? value.length);
      // Without user information the browser pastes as always, and undo works.
      if (absorb(field, whole)) event.preventDefault();
    },
  });

  return (
    <div className="camera-fields">
      <div className="camera-pair">
        <TextInput
          label={t('form.name')}
          name="name"
          isRequired
          autoFocus
          value={values.name}
          error={errors.name ?? null}
          placeholder={t('form.namePlaceholder')}
          onChange={(name) => set({ name })}
        />
        <TextInput
          label={t('form.location')}
          name="location"
          value={values.location}
          error={errors.location ?? null}
          placeholder={t('form.locationPlaceholder')}
          onChange={(location) => set({ location })}
        />
      </div>
      <TextInput
        label={t('form.address')}
        isRequired
        placeholder="rtsp://192.0.2.10:554/stream1"
        hint={t('form.addressHint')}
        {...addressField('rtsp_url')}
      />
      <TextInput
        label={t('form.subAddress')}
        placeholder="rtsp://192.0.2.10:554/stream2"
        hint={t('form.subAddressHint')}
        {...addressField('sub_rtsp_url')}
      />
      {notice === null ? null : (
        <Notice tone="info" live="status">
          {notice}
        </Notice>
      )}
      <AccessFields
        value={values}
        errors={errors}
        passwordFrom={passwordFrom}
        forget={values.forgetPassword}
        onForget={(forgetPassword) => set({ forgetPassword })}
        onChange={set}
      />
      <ChoiceGroup
        label={t('form.transport')}
        hint={t('form.transportHint')}
        value={values.transport}
        choices={[
          { value: 'tcp', label: t('form.tcp') },
          { value: 'udp', label: t('form.udp') },
        ]}
        onChange={(transport) => set({ transport })}
      />
      <GroupField value={values.groups} onChange={(groups) => set({ groups })} />
      <div>
        <Toggle
          label={t('form.recording')}
          isSelected={values.recording}
          onChange={(recording) => set({ recording })}
        />
        <p className="field-hint">{t(values.recording ? 'form.recordingOn' : 'form.recordingOff')}</p>
        {values.recording ? (
          <ScheduleField value={values.schedule} onChange={(schedule) => set({ schedule })} />
        ) : null}
      </div>
    </div>
  );
}
