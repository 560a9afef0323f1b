import { useState } from 'react';
import { query, toCallError } from '../../../data/call';
import { useCommand } from '../../../data/useCommand';
import { t } from '../../../strings';
import { Button } from '../../../ui/Button';
import { SelectInput } from '../../../ui/SelectInput';
import { toast } from '../../../ui/toasts';
import { SettingRow } from '../../settings/SettingRow';
import { ageText, agesWith } from './ages';
import { ExpiryDialog } from './ExpiryDialog';
import { ExpiryStatus } from './ExpiryStatus';
import { useExpiry } from './useExpiry';

export interface ExpiryRowsProps {
  /** Age at which events go, days; null: never. */
  readonly days: number | null;
  /** Keeps another age; false when it could not be kept. */
  readonly onChoose: (days: number | null) => Promise<boolean>;
}

interface Question {
  readonly days: number;
  readonly count: number;
  readonly before: string;
  /** The answer changes the rule, too. */
  readonly isRule: boolean;
}

const NEVER = 'never';
const FIRST_CHOICE = 90;

/** How long events are kept, and removing old ones now. What would go is counted and asked about first. */
export function ExpiryRows({ days, onChoose }: ExpiryRowsProps) {
  const state = useExpiry();
  const expire = useCommand('ai-events.expire');
  const [age, setAge] = useState(days ?? FIRST_CHOICE);
  const [question, setQuestion] = useState<Question | null>(null);
  const [isCounting, setIsCounting] = useState(false);
  const isRunning = state !== null && state.running !== null;

  const ask = async (wanted: number, isRule: boolean) => {
    setIsCounting(true);
    try {
      const { count, before } = await query('ai-events.preview-expiry', { days: wanted });
      if (count > 0) setQuestion({ days: wanted, count, before, isRule });
      else if (isRule) await onChoose(wanted);
      else toast({ tone: 'info', title: t('settings.expiryNone', { age: ageText(wanted) }) });
    } catch (error) {
      const { message } = toCallError(error, 'ai-events.preview-expiry');
      toast({ tone: 'bad', title: t('settings.expiryNotCounted'), text: message });
    } finally {
      setIsCounting(false);
    }
  };
  const confirm = async ({ days: wanted, isRule }: Question) => {
    if (isRule && !(await onChoose(wanted))) return;
    const started = await expire.run({ days: wanted });
    setQuestion(null);
    if (!started.ok) toast({ tone: 'bad', title: t('settings.expiryFailed'), text: started.error.message });
  };
  return (
    <>
      <SettingRow title={t('settings.eventAge')} hint={t('settings.eventAgeHint')}>
        <SelectInput
          label={t('settings.eventAge')}
          labelHidden
          value={days === null ? NEVER : String(days)}
          options={[
            { value: NEVER, label: t('settings.eventAgeNever') },
            ...agesWith(days).map((each) => ({ value: String(each), label: ageText(each) })),
          ]}
          onChange={(value) => {
            if (value === NEVER) void onChoose(null);
            else if (Number(value) !== days) void ask(Number(value), true);
          }}
        />
      </SettingRow>
      <SettingRow
        title={t('settings.expireNow')}
        hint={t('settings.expireNowHint')}
        below={state === null ? null : <ExpiryStatus state={state} />}
      >
        <div className="expiry-now">
          <SelectInput
            label={t('settings.expireOlder')}
            labelHidden
            value={String(age)}
            options={agesWith(days).map((each) => ({
              value: String(each),
              label: t('settings.expireOlderThan', { age: ageText(each) }),
            }))}
            onChange={(value) => setAge(Number(value))}
          />
          <Button isDisabled={isRunning} isPending={isCounting} onPress={() => void ask(age, false)}>
            {t('settings.expireAction')}
          </Button>
        </div>
      </SettingRow>
      {question === null ? null : (
        <ExpiryDialog
          count={question.count}
          before={question.before}
          isRule={question.isRule}
          isBusy={expire.running}
          onConfirm={() => void confirm(question)}
          onCancel={() => setQuestion(null)}
        />
      )}
    </>
  );
}
