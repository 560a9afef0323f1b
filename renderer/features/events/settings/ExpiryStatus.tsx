import type { ResponseOf } from '../../../../contract';
import { command } from '../../../data/call';
import { t } from '../../../strings';
import { Button } from '../../../ui/Button';
import { Notice } from '../../../ui/Notice';
import { momentText } from '../../../ui/timeText';
import { numberText } from '../numberText';

/** How far the removal of old events has come; otherwise when there was one last. */
export function ExpiryStatus({ state }: { readonly state: ResponseOf<'ai-events.expiry'> }) {
  const { running, last, failure } = state;
  if (running !== null) {
    const { removed, total, cancelled } = running;
    const text = t('settings.expiryRunning', { count: numberText(removed), total: numberText(total) });
    return (
      <div className="expiry-running">
        <progress value={removed} max={Math.max(1, total)} aria-label={t('settings.expireNow')} />
        <span className="numeric" role="status">
          {text}
        </span>
        <Button
          look="quiet"
          isDisabled={cancelled}
          onPress={() => void command('ai-events.cancel-expiry', {}).catch(() => undefined)}
        >
          {t('settings.expiryStop')}
        </Button>
      </div>
    );
  }
  return (
    <>
      {failure === null ? null : (
        <Notice tone="bad" live="alert" title={t('settings.expiryFailed')}>
          {failure}
        </Notice>
      )}
      <p className="setting-hint">{last === null ? t('settings.expiryNever') : lastText(last)}</p>
    </>
  );
}

function lastText({
  at,
  removed,
  by_rule: byRule,
}: NonNullable<ResponseOf<'ai-events.expiry'>['last']>): string {
  const time = Date.parse(at);
  return t(byRule ? 'settings.expiryLastRule' : 'settings.expiryLast', {
    time: momentText(time),
    count: numberText(removed),
  });
}
