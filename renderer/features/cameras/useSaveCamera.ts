import { useState } from 'react';
import type { Device } from '../../../contract';
import type { CallError } from '../../data/call';
import { errorCode } from '../../data/call';
import type { Outcome } from '../../data/useCommand';
import { useCommand } from '../../data/useCommand';
import type { CameraTask, CameraValues } from './formModel';
import { toClone, toCreate, toUpdate } from './formModel';

export interface SaveCamera {
  /** @returns the camera; null when it was not saved and the reason is in `error` or `needsConsent` */
  readonly save: (values: CameraValues, task: CameraTask) => Promise<Device | null>;
  readonly saving: boolean;
  readonly error: CallError | null;
  /** The password can only be kept with weak protection, and the user has not agreed to that yet. */
  readonly needsConsent: boolean;
  /** Agrees, then saves what was to be saved. */
  readonly agree: (values: CameraValues, task: CameraTask) => Promise<Device | null>;
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

  const send = (values: CameraValues, task: CameraTask): Promise<Outcome<Device>> => {
    switch (task.kind) {
      case 'add':
        return create.run(toCreate(values));
      case 'clone':
        return create.run(toClone(values, task.device));
      case 'edit':
        return update.run(toUpdate(values, task.device));
    }
  };
  const save = async (values: CameraValues, task: CameraTask): Promise<Device | null> => {
    setError(null);
    const outcome = await send(values, task);
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
    agree: async (values, task) => {
      const accepted = await accept.run({});
      setNeedsConsent(false);
      if (accepted.ok) return save(values, task);
      setError(accepted.error);
      return null;
    },
    decline: () => setNeedsConsent(false),
  };
}
