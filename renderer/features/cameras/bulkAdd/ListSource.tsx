import { useState } from 'react';
import { FileTrigger, Label, TextArea, TextField } from 'react-aria-components';
import { useCommand } from '../../../data/useCommand';
import { t } from '../../../strings';
import { Button } from '../../../ui/Button';
import { FolderIcon } from '../../../ui/icons';
import { Notice } from '../../../ui/Notice';
import { toast } from '../../../ui/toasts';
import { decodeText } from './decodeText';
import { MOST_BYTES, MOST_ROWS } from './readList';

export interface ListSourceProps {
  readonly isDisabled: boolean;
  readonly hasEntries: boolean;
  readonly onText: (text: string) => void;
}

/**
 * Where the list comes from. What is pasted goes into the table at once and is not shown here: lists hold
 * passwords, and somebody may stand behind the user.
 */
export function ListSource({ isDisabled, hasEntries, onText }: ListSourceProps) {
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string | null>(null);
  const { run: saveTemplate, running } = useCommand('devices.save-template');

  const open = async (file: File | undefined) => {
    if (file === undefined) return;
    setError(null);
    if (file.size > MOST_BYTES) {
      setError(t('bulkAdd.fileTooBig', { name: file.name }));
      return;
    }
    try {
      onText(decodeText(await file.arrayBuffer()));
    } catch {
      setError(t('bulkAdd.fileUnreadable', { name: file.name }));
    }
  };
  const template = async () => {
    const saved = await saveTemplate({});
    if (!saved.ok) setError(saved.error.message);
    else if (saved.data.file !== null)
      toast({ tone: 'ok', title: t('bulkAdd.templateSaved'), text: saved.data.file });
  };
  const take = () => {
    onText(typed);
    setTyped('');
  };

  return (
    <section className="bulk-source" aria-label={t('bulkAdd.source')}>
      <TextField className="field" value={typed} onChange={setTyped} isDisabled={isDisabled}>
        <Label className="field-label">{t(hasEntries ? 'bulkAdd.pasteMore' : 'bulkAdd.paste')}</Label>
        <div className="field-control">
          <TextArea
            className="bulk-text"
            rows={hasEntries ? 1 : 6}
            spellCheck="false"
            autoComplete="off"
            placeholder={t('bulkAdd.placeholder')}
            onPaste={(event) => {
              const text = event.clipboardData.getData('text');
              if (text.trim() === '') return;
              event.preventDefault();
              onText(text);
            }}
          />
        </div>
      </TextField>
      <div className="bulk-buttons">
        <FileTrigger
          acceptedFileTypes={['.csv', '.txt', '.tsv', 'text/csv', 'text/plain']}
          onSelect={(files) => void open(files?.[0])}
        >
          <Button isDisabled={isDisabled}>
            <FolderIcon size={16} />
            {t('bulkAdd.open')}
          </Button>
        </FileTrigger>
        <Button isDisabled={running} onPress={() => void template()}>
          {t('bulkAdd.template')}
        </Button>
        {typed.trim() === '' ? null : (
          <Button look="primary" onPress={take}>
            {t('bulkAdd.take')}
          </Button>
        )}
        <span className="field-hint bulk-limits">{t('bulkAdd.limits', { max: MOST_ROWS })}</span>
      </div>
      {hasEntries ? null : <p className="field-hint">{t('bulkAdd.hint')}</p>}
      {error === null ? null : (
        <Notice tone="bad" live="alert">
          {error}
        </Notice>
      )}
    </section>
  );
}
