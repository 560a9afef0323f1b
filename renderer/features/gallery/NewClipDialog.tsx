import type { FormEvent } from 'react';
import { useState } from 'react';
import { useDevices } from '../../data/DevicesProvider';
import { useCommand } from '../../data/useCommand';
import { t } from '../../strings';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Notice } from '../../ui/Notice';
import { SelectInput } from '../../ui/SelectInput';
import { TextInput } from '../../ui/TextInput';
import { toast } from '../../ui/toasts';
import { clipSpanOf } from './clipSpan';

const two = (value: number) => String(value).padStart(2, '0');
const dayOf = (date: Date) =>
  `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
const timeOf = (date: Date) => `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
const FORM = 'gallery-new-clip';

export interface NewClipDialogProps {
  readonly onMade: (id: string) => void;
  readonly onClose: () => void;
}

/** A clip of recordings from one time to another. */
export function NewClipDialog({ onMade, onClose }: NewClipDialogProps) {
  const { devices } = useDevices();
  const [cameraId, setCamera] = useState(devices?.[0]?.id ?? '');
  // The minute before the last one: it is on disk.
  const [opened] = useState(() => Date.now());
  const [day, setDay] = useState(() => dayOf(new Date(opened - 120_000)));
  const [from, setFrom] = useState(() => timeOf(new Date(opened - 120_000)));
  const [to, setTo] = useState(() => timeOf(new Date(opened - 60_000)));
  const [label, setLabel] = useState('');
  const { run, running, error } = useCommand('bookmarks.capture-historical');
  const span = clipSpanOf(day, from, to);
  const problem = typeof span === 'string' ? span : null;
  const make = async (event: FormEvent) => {
    event.preventDefault();
    if (typeof span === 'string' || cameraId === '' || running) return;
    const { center, duration } = span;
    const made = await run({
      ...{ device_id: cameraId, center_timestamp: new Date(center).toISOString(), duration },
      label: label.trim() === '' ? null : label,
    });
    if (!made.ok) return;
    toast({ tone: 'ok', title: t('capture.clipSaved', { name: made.data.device_name }) });
    onMade(made.data.id);
  };
  return (
    <Dialog
      title={t('gallery.clipTitle')}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button
            look="primary"
            type="submit"
            form={FORM}
            isDisabled={problem !== null || cameraId === ''}
            isPending={running}
          >
            {t('gallery.clipAction')}
          </Button>
        </>
      }
    >
      <form id={FORM} className="gallery-form" onSubmit={(event) => void make(event)}>
        <p className="dialog-text">{t('gallery.clipText')}</p>
        <SelectInput
          label={t('gallery.clipCamera')}
          value={cameraId}
          options={(devices ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setCamera}
        />
        <div className="gallery-clip-times">
          <TextInput
            label={t('gallery.clipDay')}
            name="day"
            value={day}
            error={problem === 'clipBadDay' ? t('gallery.clipBadDay') : null}
            onChange={setDay}
          />
          <TextInput
            label={t('gallery.clipFrom')}
            name="from"
            autoFocus
            value={from}
            placeholder={t('gallery.clipTimeHint')}
            error={problem === 'clipBadTime' ? t('gallery.clipBadTime') : null}
            onChange={setFrom}
          />
          <TextInput
            label={t('gallery.clipTo')}
            name="to"
            value={to}
            placeholder={t('gallery.clipTimeHint')}
            error={problem === 'clipBackwards' || problem === 'clipTooLong' ? t(`gallery.${problem}`) : null}
            onChange={setTo}
          />
        </div>
        <TextInput
          label={t('gallery.label')}
          name="label"
          value={label}
          placeholder={t('gallery.labelPlaceholder')}
          onChange={setLabel}
        />
        {error === null ? null : (
          <Notice tone="bad" live="alert" title={t('gallery.clipFailed')}>
            {error.message}
          </Notice>
        )}
      </form>
    </Dialog>
  );
}
