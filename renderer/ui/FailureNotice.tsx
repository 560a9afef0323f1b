import type { ReactNode } from 'react';
import { t } from '../strings';
import { Button } from './Button';
import { Notice } from './Notice';

export interface FailureNoticeProps {
  /** What did not work. */
  readonly title: string;
  /** Says why and what to do; null: nothing failed, and nothing is shown. */
  readonly error: { readonly message: string } | null;
  /** Offers to try again. */
  readonly onRetry?: () => void;
  /** What the failure means for what is shown. */
  readonly children?: ReactNode;
}

/** That what was asked for did not work, announced when it appears. */
export function FailureNotice({ title, error, onRetry, children }: FailureNoticeProps) {
  if (error === null) return null;
  return (
    <Notice
      tone="bad"
      live="alert"
      title={title}
      actions={onRetry === undefined ? undefined : <Button onPress={onRetry}>{t('common.retry')}</Button>}
    >
      {children === undefined ? (
        error.message
      ) : (
        <>
          <p>{error.message}</p>
          {children}
        </>
      )}
    </Notice>
  );
}
