import { useEffect, useMemo } from 'react';
import { useDevices } from '../../data/DevicesProvider';
import { useQuery } from '../../data/useQuery';
import { t } from '../../strings';
import { useGroups } from '../cameras/useGroups';

export interface Choice {
  readonly id: string;
  readonly name: string;
}

/** What a filter can choose from, and how it is called. */
export interface EventNames {
  readonly cameras: readonly Choice[];
  readonly groups: readonly Choice[];
  readonly models: readonly Choice[];
  readonly labels: readonly Choice[];
  readonly zones: readonly Choice[];
  readonly cameraName: (id: string) => string;
  readonly modelName: (id: string) => string;
}

/** @param turn asks again when it changes: new labels come with new events */
export function useNames(turn: number): EventNames {
  const { devices, byId } = useDevices();
  const groups = useGroups().data?.groups;
  const models = useQuery('ai-models.list', {}).data?.models;
  const { data: known } = useNamesOfEvents(turn);
  return useMemo(() => {
    const cameraName = (id: string) => byId.get(id)?.name ?? t('events.unknownCamera');
    const modelName = (id: string) => models?.find(({ model_id }) => model_id === id)?.name ?? id;
    const plain = (names: readonly string[] = []) => names.map((name) => ({ id: name, name }));
    const deleted = (known?.camera_ids ?? []).filter((id) => !byId.has(id));
    return {
      cameras: [
        ...(devices ?? []).map(({ id, name }) => ({ id, name })),
        ...deleted.map((id) => ({ id, name: `${cameraName(id)} ${id.slice(0, 8)}` })),
      ],
      groups: (groups ?? []).map(({ id, name }) => ({ id, name })),
      models: (known?.model_ids ?? []).map((id) => ({ id, name: modelName(id) })),
      labels: plain(known?.labels),
      zones: plain(known?.zones),
      cameraName,
      modelName,
    };
  }, [devices, byId, groups, models, known]);
}

function useNamesOfEvents(turn: number) {
  const state = useQuery('ai-events.names', {});
  const { refetch } = state;
  useEffect(() => {
    if (turn > 0) refetch();
  }, [turn, refetch]);
  return state;
}
