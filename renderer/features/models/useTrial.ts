import { useCallback, useEffect, useRef, useState } from 'react';
import type { TrialResult } from '../../../contract';
import type { CallError } from '../../data/call';
import { command } from '../../data/call';
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
  const running = useCommand('model-trials.run');
  const choosing = useCommand('model-trials.choose-picture');
  const [source, setSource] = useState<TrialSource | null>(null);
  const [looked, setLooked] = useState<Looked | null>(null);
  const turn = useRef(0);
  const { run } = running;
  const { run: runChoice } = choosing;
  const url = looked?.url;
  useEffect(() => () => void (url !== undefined && URL.revokeObjectURL(url)), [url]);
  useEffect(
    () => () => {
      turn.current++;
      command('model-trials.close', { model_id: modelId }).catch(() => undefined);
    },
    [modelId],
  );
  const look = useCallback(
    (next: TrialSource) => {
      const mine = ++turn.current;
      setSource(next);
      setLooked(null);
      const asked = next.kind === 'file' ? { token: next.token } : { camera_id: next.cameraId };
      void run({ model_id: modelId, source: asked }).then((done) => {
        if (!done.ok || mine !== turn.current) return;
        const picture = new Blob([new Uint8Array(done.data.jpeg)], { type: 'image/jpeg' });
        setLooked({ result: done.data, url: URL.createObjectURL(picture), source: next });
      });
    },
    [modelId, run],
  );
  const choose = useCallback(() => {
    void runChoice({}).then((done) => {
      if (done.ok && done.data.picture !== null) look({ kind: 'file', ...done.data.picture });
    });
  }, [look, runChoice]);
  return {
    ...{ source, looked, look, choose },
    isLooking: running.running,
    error: running.error ?? choosing.error,
  };
}
