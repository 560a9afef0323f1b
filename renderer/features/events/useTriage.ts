import { useCallback, useRef } from 'react';
import type { AiEvent } from '../../../contract';
import { command, toCallError } from '../../data/call';
import { plural, t } from '../../strings';
import { closeToast, toast } from '../../ui/toasts';
import type { EventPages } from './EventPages';

/** The contract's limit for one command. */
const AT_ONCE = 1000;

export interface Triage {
  /** Marks those of them that are not so yet. */
  readonly review: (events: readonly AiEvent[], reviewed: boolean) => void;
  /** Takes the last one back. @returns false when there is none */
  readonly undo: () => boolean;
}

interface Step {
  readonly ids: readonly string[];
  readonly reviewed: boolean;
}

/** Reviews show at once and are stored in the order in which they were made; the last ones can be taken back. */
export function useTriage(
  pages: EventPages,
  onReviewed: (ids: readonly string[], at: string | null) => void,
): Triage {
  const steps = useRef<Step[]>([]);
  const writing = useRef(Promise.resolve());
  const told = useRef<{ readonly key: string; readonly step: Step } | null>(null);

  const show = useCallback(
    (ids: readonly string[], reviewed: boolean) => {
      const at = reviewed ? new Date().toISOString() : null;
      pages.markReviewed(new Set(ids), at);
      onReviewed(ids, at);
    },
    [pages, onReviewed],
  );
  const apply = useCallback(
    (step: Step) => {
      const { ids, reviewed } = step;
      show(ids, reviewed);
      writing.current = writing.current.then(async () => {
        try {
          for (let from = 0; from < ids.length; from += AT_ONCE)
            await command('ai-events.review', { ids: ids.slice(from, from + AT_ONCE), reviewed });
        } catch (error) {
          show(ids, !reviewed);
          // What was not done is neither told as done nor taken back.
          steps.current = steps.current.filter((one) => one !== step);
          if (told.current?.step === step) {
            closeToast(told.current.key);
            told.current = null;
          }
          toast({
            tone: 'bad',
            title: t('events.reviewFailed'),
            text: toCallError(error, 'ai-events.review').message,
          });
        }
      });
    },
    [show],
  );
  const undo = useCallback(() => {
    const step = steps.current.pop();
    if (step === undefined) return false;
    if (told.current !== null) closeToast(told.current.key);
    told.current = null;
    apply({ ids: step.ids, reviewed: !step.reviewed });
    return true;
  }, [apply]);
  const review = useCallback(
    (events: readonly AiEvent[], reviewed: boolean) => {
      const ids = events.filter((event) => (event.reviewed_at !== null) !== reviewed).map(({ id }) => id);
      if (ids.length === 0) return;
      const step = { ids, reviewed };
      steps.current = [...steps.current.slice(-99), step];
      apply(step);
      if (told.current !== null) closeToast(told.current.key);
      const count = ids.length;
      const key = toast({
        tone: 'ok',
        title: plural(reviewed ? 'events.reviewDone' : 'events.unreviewDone', count),
        action: { label: t('events.undo'), onPress: undo },
      });
      told.current = { key, step };
    },
    [apply, undo],
  );
  return { review, undo };
}
