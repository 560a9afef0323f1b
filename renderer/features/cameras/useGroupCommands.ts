import { useState } from 'react';
import type { CameraGroup, CommandName, RequestInput, ResponseOf } from '../../../contract';
import { useDevices } from '../../data/DevicesProvider';
import type { CallError } from '../../data/call';
import { command, toCallError } from '../../data/call';

export interface GroupCommands {
  /** @returns the group; null when it could not be made */
  readonly create: (name: string) => Promise<CameraGroup | null>;
  readonly rename: (id: string, name: string) => Promise<unknown>;
  readonly remove: (id: string) => Promise<unknown>;
  readonly changeMember: (id: string, added: readonly string[], removed: readonly string[]) => Promise<void>;
  /** Of the last change; null when it worked. */
  readonly error: CallError | null;
}

/** Changes groups; whatever comes of it, the lists are read anew. */
export function useGroupCommands(): GroupCommands {
  const { refetch } = useDevices();
  const [error, setError] = useState<CallError | null>(null);
  const run = async <N extends CommandName>(
    name: N,
    request: RequestInput<N>,
  ): Promise<ResponseOf<N> | null> => {
    setError(null);
    try {
      return await command(name, request);
    } catch (thrown) {
      setError(toCallError(thrown, name));
      return null;
    } finally {
      refetch();
    }
  };
  return {
    create: (name) => run('groups.create', { name }),
    rename: (id, name) => run('groups.rename', { id, name }),
    remove: (id) => run('groups.delete', { id }),
    changeMember: async (id, added, removed) => {
      if (added.length > 0) await run('groups.add-members', { id, camera_ids: [...added] });
      if (removed.length > 0) await run('groups.remove-members', { id, camera_ids: [...removed] });
    },
    error,
  };
}
