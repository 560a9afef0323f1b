import { Notice } from './Notice';

export interface FailureNoticeProps {
  /** What did not work. */
  readonly title: string;
  /** Says why and what to do; null: nothing failed, and nothing is shown. */
  readonly error: { readonly message: string } | null;
}

/** That what was asked for did not work, announced when it appears. */
export function FailureNotice({ title, error }: FailureNoticeProps) {
  if (error === null) return null;
  return (
    <Notice tone="bad" live="alert" title={title}>
      {error.message}
    </Notice>
  );
}
