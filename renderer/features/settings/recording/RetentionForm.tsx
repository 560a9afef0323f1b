import { useState } from 'react';
import type { ResponseOf } from '../../../../contract';
import { query, toCallError } from '../../../data/call';
import { useSettings } from '../../../data/SettingsProvider';
import { t } from '../../../strings';
import { Button } from '../../../ui/Button';
import { TextInput } from '../../../ui/TextInput';
import { toast } from '../../../ui/toasts';
import { DeletionDialog } from './DeletionDialog';
import type { RetentionDraft, RetentionPart } from './retentionModel';
import { draftOf, errorOf, rulesOf } from './retentionModel';

export interface RetentionFormProps {
  readonly saved: RetentionPart;
  /** The rules shown are those that were just saved here. */
  readonly wasSaved: boolean;
  readonly onSaved: () => void;
}

type Preview = ResponseOf<'storage.preview-retention'>;

const FIELDS = [
  { field: 'days', label: 'retention.days', hint: 'retention.daysHint' },
  { field: 'gigabytes', label: 'retention.size', hint: 'retention.sizeHint' },
  { field: 'freeGigabytes', label: 'retention.floor', hint: 'retention.floorHint' },
] as const;

/** How long recordings are kept. What a rule would delete at once is asked about before it is saved. */
export function RetentionForm({ saved, wasSaved, onSaved }: RetentionFormProps) {
  const { update } = useSettings();
  const before = draftOf(saved);
  const [draft, setDraft] = useState<RetentionDraft>(before);
  const [question, setQuestion] = useState<{
    readonly rules: RetentionPart;
    readonly preview: Preview;
  } | null>(null);
  const [busy, setBusy] = useState(false);
  const rules = rulesOf(draft, saved);
  const touched = JSON.stringify(draft) !== JSON.stringify(before);

  const apply = async (next: RetentionPart) => {
    if (!(await update(next))) return;
    setQuestion(null);
    onSaved();
  };
  const save = async () => {
    if (rules === null) return;
    setBusy(true);
    try {
      const preview = await query('storage.preview-retention', rules);
      if (preview.segments > 0) setQuestion({ rules, preview });
      else await apply(rules);
    } catch (error) {
      const { message } = toCallError(error, 'storage.preview-retention');
      toast({ tone: 'bad', title: t('retention.previewFailed'), text: message });
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className="retention"
      aria-label={t('retention.title')}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className="setting-words">
        <p className="setting-title">{t('retention.title')}</p>
        <p className="setting-hint">{t('retention.hint')}</p>
      </div>
      <div className="retention-fields">
        {FIELDS.map(({ field, label, hint }) => (
          <TextInput
            key={field}
            name={field}
            label={t(label)}
            hint={t(hint)}
            value={draft[field]}
            error={draft[field] === before[field] ? null : errorOf(field, draft[field])}
            onChange={(text) => setDraft((now) => ({ ...now, [field]: text }))}
          />
        ))}
      </div>
      <div className="retention-actions">
        <Button
          type="submit"
          look="primary"
          isDisabled={!touched || rules === null}
          isPending={busy && question === null}
        >
          {t('common.save')}
        </Button>
        <span role="status">{wasSaved && !touched ? t('retention.saved') : null}</span>
        {touched ? <Button onPress={() => setDraft(before)}>{t('retention.reset')}</Button> : null}
      </div>
      {question === null ? null : (
        <DeletionDialog
          preview={question.preview}
          onConfirm={() => void apply(question.rules)}
          onCancel={() => setQuestion(null)}
        />
      )}
    </form>
  );
}
