import { useCallback, useEffect, useState } from 'react';
import type { TrialResult } from '../../../contract';
import type { CallError } from '../../data/call';
import { command } from '../../data/call';
import { newestOnly } from '../../data/newestOnly';
import { useCommand } from '../../data/useCommand';

/** What the model is shown: a chosen file, or what a camera shows now. */
export type TrialSource =
  | { readonly kind: 'file'; readonly token: string; readonly name: string }
  | { readonly kind: 'camera'; readonly cameraId: string; readonly name: string };

export interface Looked {
  readonly result: TrialResult;
  /** Address of the picture inside this window. */
  readonly url: string;
  readonly source: TrialSource;
}

export interface Trial {
  readonly source: TrialSource | null;
  readonly looked: Looked | null;
  readonly isLooking: boolean;
  readonly error: CallError | null;
  readonly look: (source: TrialSource) => void;
  /** Asks for a file, then looks at it. */
  readonly choose: () => void;
}

/** Shows a model one picture after the other; what an older request brings is not shown over a newer one. */
export function useTrial(modelId: string): Trial {
  const { run } = useCommand('model-trials.run');
  const {
    run: runChoice,
    error: choiceError,
    reset: forgetChoice,
  } = useCommand('model-trials.choose-picture');
  const [source, setSource] = useState<TrialSource | null>(null);
  const [looked, setLooked] = useState<Looked | null>(null);
  const [isLooking, setLooking] = useState(false);
  const [error, setError] = useState<CallError | null>(null);
  const [begin] = useState(newestOnly);
  const url = looked?.url;
  useEffect(() => () => void (url !== undefined && URL.revokeObjectURL(url)), [url]);
  useEffect(
    () => () => {
      begin();
      command('model-trials.close', { model_id: modelId }).catch(() => undefined);
    },
    [modelId, begin],
  );
  const look = useCallback(
    (next: TrialSource) => {
      const isNewest = begin();
      setSource(next);
      setLooked(null);
      setLooking(true);
      setError(null);
      forgetChoice();
      const asked = next.kind === 'file' ? { token: next.token } : { camera_id: next.cameraId };
      void run({ model_id: modelId, source: asked }).then((done) => {
        if (!isNewest()) return;
        setLooking(false);
        if (!done.ok) return setError(done.error);
        const picture = new Blob([new Uint8Array(done.data.jpeg)], { type: 'image/jpeg' });
        setLooked({ result: done.data, url: URL.createObjectURL(picture), source: next });
      });
    },
    [modelId, run, begin, forgetChoice],
  );
  const choose = useCallback(() => {
    void runChoice({}).then((done) => {
      if (done.ok && done.data.picture !== null) look({ kind: 'file', ...done.data.picture });
    });
  }, [look, runChoice]);
  return { source, looked, look, choose, isLooking, error: error ?? choiceError };
}
