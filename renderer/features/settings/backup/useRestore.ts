import { useCallback, useEffect, useState } from 'react';
import type { ResponseOf } from '../../../../contract';
import type { CallError } from '../../../data/call';
import { errorCode } from '../../../data/call';
import { useCommand } from '../../../data/useCommand';

export type Preview = ResponseOf<'backup.preview'>;

export interface Restore {
  readonly preview: Preview | null;
  readonly error: CallError | null;
  readonly running: boolean;
  /** The passwords can only be kept with weak protection, and the user has not agreed to that yet. */
  readonly needsConsent: boolean;
  readonly agree: () => void;
  /** @returns where the present configuration was kept; null when nothing was restored */
  readonly restore: () => Promise<string | null>;
}

/**
 * Asks what restoring would change, again whenever the request changes, and restores.
 * @param passphrase undefined leaves the passwords out
 * @param ready false while the passphrase is still to be entered
 */
export function useRestore(
  token: string,
  passphrase: string | undefined,
  removeMissing: boolean,
  ready: boolean,
): Restore {
  const { run: ask, running: asking, error: askError } = useCommand('backup.preview');
  const { run: apply, running: applying, error: applyError } = useCommand('backup.restore');
  const { run: accept } = useCommand('secrets.accept-obfuscation');
  const [preview, setPreview] = useState<Preview | null>(null);
  const [turn, setTurn] = useState(0);
  const request = useCallback(
    () => ({ token, remove_missing: removeMissing, ...(passphrase === undefined ? {} : { passphrase }) }),
    [token, passphrase, removeMissing],
  );
  useEffect(() => {
    if (!ready) return;
    let current = true;
    void ask(request()).then((found) => {
      if (current && found.ok) setPreview(found.data);
    });
    return () => {
      current = false;
    };
  }, [ask, request, ready, turn]);
  const error = applyError ?? askError;
  const needsConsent = error !== null && errorCode(error) === 'consent_required';
  return {
    preview,
    error: needsConsent ? null : error,
    running: asking || applying,
    needsConsent,
    agree() {
      void accept({}).then((done) => {
        if (done.ok) setTurn((now) => now + 1);
      });
    },
    async restore() {
      const done = await apply(request());
      return done.ok ? done.data.kept : null;
    },
  };
}
