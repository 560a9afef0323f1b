import { useState } from 'react';
import type { Device } from '../../../contract';
import type { CallError } from '../../data/call';
import { errorCode } from '../../data/call';
import type { Outcome } from '../../data/useCommand';
import { useCommand } from '../../data/useCommand';
import type { CameraValues } from './formModel';
import { toCreate, toUpdate } from './formModel';

export interface SaveCamera {
  /** @returns the camera; null when it was not saved and the reason is in `error` or `needsConsent` */
  readonly save: (values: CameraValues, device: Device | null) => Promise<Device | null>;
  readonly saving: boolean;
  readonly error: CallError | null;
  /** The password can only be kept with weak protection, and the user has not agreed to that yet. */
  readonly needsConsent: boolean;
  /** Agrees, then saves what was to be saved. */
  readonly agree: (values: CameraValues, device: Device | null) => Promise<Device | null>;
  /** Does not agree: nothing is saved, nothing that was typed is lost. */
  readonly decline: () => void;
}

/** Creates or updates a camera and asks for consent where the computer has no key store. */
export function useSaveCamera(): SaveCamera {
  const create = useCommand('devices.create');
  const update = useCommand('devices.update');
  const accept = useCommand('secrets.accept-obfuscation');
  const [error, setError] = useState<CallError | null>(null);
  const [needsConsent, setNeedsConsent] = useState(false);

  const save = async (values: CameraValues, device: Device | null): Promise<Device | null> => {
    setError(null);
    const outcome: Outcome<Device> =
      device === null ? await create.run(toCreate(values)) : await update.run(toUpdate(values, device));
    if (outcome.ok) return outcome.data;
    if (outcome.error.status === 409 && errorCode(outcome.error) === 'consent_required')
      setNeedsConsent(true);
    else setError(outcome.error);
    return null;
  };

  return {
    save,
    saving: create.running || update.running || accept.running,
    error,
    needsConsent,
    agree: async (values, device) => {
      const accepted = await accept.run({});
      setNeedsConsent(false);
      if (accepted.ok) return save(values, device);
      setError(accepted.error);
      return null;
    },
    decline: () => setNeedsConsent(false),
  };
}
