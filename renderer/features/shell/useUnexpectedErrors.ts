import { useEffect } from 'react';
import { t } from '../../strings';
import { toast } from '../../ui/toasts';

/**
 * Shows errors that nobody caught. They stay visible to the console as well, which the main process
 * logs: nothing is prevented here.
 */
export function useUnexpectedErrors(): void {
  useEffect(() => {
    const show = (reason: unknown) => {
      const text = reason instanceof Error ? reason.message : String(reason);
      toast({ tone: 'bad', title: t('failure.unexpected'), text });
    };
    const onError = (event: ErrorEvent) => {
      // Chromium's note that a resize was spread over two frames; no work was lost.
      if (event.message.startsWith('ResizeObserver loop')) return;
      show(event.error ?? event.message);
    };
    const onRejection = (event: PromiseRejectionEvent) => show(event.reason);
    window.addEventListener('error', onError);
    window.addEventListener('unhandledrejection', onRejection);
    return () => {
      window.removeEventListener('error', onError);
      window.removeEventListener('unhandledrejection', onRejection);
    };
  }, []);
}
