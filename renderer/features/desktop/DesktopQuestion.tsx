import { useCallback, useEffect, useState } from 'react';
import type { DesktopQuestion as Question } from '../../../contract';
import { command } from '../../data/call';
import { useSubscription } from '../../data/useSubscription';
import { useAction } from '../../keys/useAction';
import { BackgroundDialog } from './BackgroundDialog';
import { QuitDialog } from './QuitDialog';

export type Answer = 'quit' | 'continue' | 'cancel';

/** Asks what the application wants to know before its window or it itself goes. */
export function DesktopQuestion() {
  const [question, setQuestion] = useState<Question | null>(null);
  const adopt = useCallback((value: { question: Question | null }) => setQuestion(value.question), []);
  useSubscription('desktop.question', {}, adopt);
  useAction('application.quit', () => void command('desktop.quit', {}).catch(() => undefined));
  const id = question?.id;
  useEffect(() => {
    if (id !== undefined) void command('desktop.answer', { id, answer: 'shown' }).catch(() => undefined);
  }, [id]);

  if (question === null) return null;
  const answer = (given: Answer) =>
    void command('desktop.answer', { id: question.id, answer: given }).catch(() => undefined);
  return question.kind === 'quit' ? (
    <QuitDialog cameras={question.cameras} onAnswer={answer} />
  ) : (
    <BackgroundDialog tray={question.tray} onAnswer={answer} />
  );
}
