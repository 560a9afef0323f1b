import { useEffect } from 'react';
import type { CameraGroup } from '../../../contract';
import { useDevices } from '../../data/DevicesProvider';
import type { QueryState } from '../../data/useQuery';
import { useQuery } from '../../data/useQuery';

/** Every group, those without cameras too; asked for again whenever the list of cameras changed. */
export function useGroups(): QueryState<{ groups: CameraGroup[] }> {
  const { devices } = useDevices();
  const state = useQuery('groups.list', {});
  const { refetch } = state;
  useEffect(() => refetch(), [devices, refetch]);
  return state;
}
