import type { FormEvent } from 'react';
import { useState } from 'react';
import { FieldError, Label, TextArea, TextField } from 'react-aria-components';
import type { Capture } from '../../../../contract';
import { useMay } from '../../../data/SessionProvider';
import { useCommand } from '../../../data/useCommand';
import { t } from '../../../strings';
import { Button } from '../../../ui/Button';
import { Notice } from '../../../ui/Notice';
import { TextInput } from '../../../ui/TextInput';
import { toast } from '../../../ui/toasts';
import { tagsOf } from '../captureText';
import type { CaptureDraft } from './captureDraft';
import { draftOf, errorsOf, isChanged } from './captureDraft';

/** What was typed and not kept, by capture: going to the next one and back loses nothing. */
const drafts = new Map<string, CaptureDraft>();

export interface CaptureFormProps {
  readonly capture: Capture;
  /** Tags in use. */
  readonly known: readonly string[];
  readonly onKept: (capture: Capture) => void;
}

/** What people write on a capture. Mounted anew for each. */
export function CaptureForm({ capture, known, onKept }: CaptureFormProps) {
  const [draft, setDraft] = useState(() => drafts.get(capture.id) ?? draftOf(capture));
  const { run, running, error } = useCommand('captures.update');
  const mayChange = useMay('capture.change');
  const errors = errorsOf(draft);
  const isDirty = isChanged(draft, capture);
  const canKeep = isDirty && Object.values(errors).every((one) => one === null);
  const set = (change: Partial<CaptureDraft>) => {
    const next = { ...draft, ...change };
    setDraft(next);
    if (isChanged(next, capture)) drafts.set(capture.id, next);
    else drafts.delete(capture.id);
  };
  const discard = () => {
    drafts.delete(capture.id);
    setDraft(draftOf(capture));
  };
  const keep = async (event: FormEvent) => {
    event.preventDefault();
    if (!canKeep || running) return;
    const { kind, id } = capture;
    const { label, notes, tags } = draft;
    const kept = await run({ kind, id, label, notes, tags: tagsOf(tags) });
    if (!kept.ok) return;
    drafts.delete(id);
    setDraft(draftOf(kept.data));
    toast({ tone: 'ok', title: t('gallery.kept') });
    onKept(kept.data);
  };
  return (
    <form className="gallery-form" onSubmit={(event) => void keep(event)}>
      {mayChange ? null : <p className="setting-hint">{t('gallery.mayNotChange')}</p>}
      <fieldset className="gallery-fields" disabled={!mayChange}>
        <TextInput
          label={t('gallery.label')}
          name="label"
          value={draft.label}
          error={errors.label}
          placeholder={t('gallery.labelPlaceholder')}
          onChange={(label) => set({ label })}
        />
        <TextInput
          label={t('gallery.tags')}
          name="tags"
          value={draft.tags}
          error={errors.tags}
          hint={
            known.length === 0
              ? t('gallery.tagsHintNone')
              : t('gallery.tagsHint', { tags: known.slice(0, 8).join(', ') })
          }
          onChange={(tags) => set({ tags })}
        />
        <TextField
          className="field"
          name="notes"
          value={draft.notes}
          isInvalid={errors.notes !== null}
          validationBehavior="aria"
          onChange={(notes) => set({ notes })}
        >
          <Label className="field-label">{t('gallery.notes')}</Label>
          <div className="field-control gallery-notes-control">
            <TextArea className="field-input gallery-notes" rows={4} />
          </div>
          <FieldError className="field-error">{errors.notes}</FieldError>
        </TextField>
      </fieldset>
      {error === null ? null : (
        <Notice tone="bad" live="alert" title={t('gallery.keepFailed')}>
          {error.message}
        </Notice>
      )}
      <div className="gallery-form-actions">
        <Button needs="capture.change" look="primary" type="submit" isDisabled={!canKeep} isPending={running}>
          {t('gallery.keep')}
        </Button>
        {isDirty ? <Button onPress={discard}>{t('gallery.discard')}</Button> : null}
      </div>
    </form>
  );
}
