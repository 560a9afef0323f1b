import { useState } from 'react';
import type { Device, ResponseOf } from '../../../contract';
import type { CallError } from '../../data/call';
import { newestOnly } from '../../data/newestOnly';
import { useCommand } from '../../data/useCommand';
import type { CameraValues } from './formModel';
import { toValidate } from './formModel';

export type ValidateResult = ResponseOf<'devices.validate'>;

export interface ConnectionTestState {
  readonly run: () => Promise<void>;
  readonly running: boolean;
  /** Of the values as they are now; null when they were not tested or have changed since. */
  readonly result: ValidateResult | null;
  readonly error: CallError | null;
}

type Settled = { readonly of: string } & (
  | { readonly result: ValidateResult; readonly error: null }
  | { readonly result: null; readonly error: CallError }
);

/** Tests the connection that the form describes. A result is dropped when what was tested changes. */
export function useConnectionTest(values: CameraValues, device: Device | null): ConnectionTestState {
  const { run: validate } = useCommand('devices.validate');
  const request = toValidate(values, device);
  const current = JSON.stringify(request);
  const [pending, setPending] = useState<string | null>(null);
  const [settled, setSettled] = useState<Settled | null>(null);
  const [begin] = useState(newestOnly);

  const run = async () => {
    const isNewest = begin();
    setPending(current);
    setSettled(null);
    const outcome = await validate(request);
    if (!isNewest()) return;
    setSettled(
      outcome.ok
        ? { of: current, result: outcome.data, error: null }
        : { of: current, result: null, error: outcome.error },
    );
    setPending(null);
  };
  const valid = settled?.of === current ? settled : null;
  return { run, running: pending === current, result: valid?.result ?? null, error: valid?.error ?? null };
}
