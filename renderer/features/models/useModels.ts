import { useCallback, useEffect } from 'react';
import type { Model, ModelContainer, ResponseOf } from '../../../contract';
import type { CallError } from '../../data/call';
import { useQuery } from '../../data/useQuery';
import { useSubscription } from '../../data/useSubscription';

/** Figures are read anew while the screen is open, milliseconds. */
const EVERY_MS = 2_000;

export interface ModelEntry {
  readonly id: string;
  /** Null for a model that is not registered yet. */
  readonly model: Model | null;
  /** Null while no container can run. */
  readonly container: ModelContainer | null;
}

export interface Models {
  readonly isLoading: boolean;
  readonly error: CallError | null;
  readonly entries: readonly ModelEntry[];
  readonly unusable: ResponseOf<'model-containers.list'>['unusable'];
  readonly refetch: () => void;
}

/** What is known of every model and of the process that runs it. */
export function useModels(): Models {
  const models = useQuery('ai-models.list', {});
  const containers = useQuery('model-containers.list', {});
  const { refetch: refetchContainers } = containers;
  const { refetch: refetchModels } = models;
  const onChanged = useCallback(() => refetchContainers(), [refetchContainers]);
  useSubscription('model-containers.changed', {}, onChanged);
  const refetch = useCallback(() => {
    refetchModels();
    refetchContainers();
  }, [refetchModels, refetchContainers]);
  // Models are registered when video runs, so the list may still grow.
  useEffect(() => {
    const timer = setInterval(refetch, EVERY_MS);
    return () => clearInterval(timer);
  }, [refetch]);
  return {
    isLoading: models.data === null || containers.data === null,
    error: models.error ?? containers.error,
    entries: joined(models.data?.models ?? [], containers.data?.containers ?? []),
    unusable: containers.data?.unusable ?? [],
    refetch,
  };
}

function joined(models: readonly Model[], containers: readonly ModelContainer[]): ModelEntry[] {
  const ids = new Set([...models, ...containers].map(({ model_id }) => model_id));
  return [...ids].map((id) => ({
    id,
    model: models.find(({ model_id }) => model_id === id) ?? null,
    container: containers.find(({ model_id }) => model_id === id) ?? null,
  }));
}
