import { useEffect, useMemo } from 'react';
import { useDevices } from '../../../data/DevicesProvider';
import { useQuery } from '../../../data/useQuery';
import type { CameraArchive, Outlook } from './archiveText';

/** The archive grows slowly; milliseconds. */
const AGAIN_MS = 30_000;

export interface ArchiveView {
  /** Null until the first answer. */
  readonly outlook: Outlook | null;
  readonly byCamera: ReadonlyMap<string, CameraArchive>;
}

/** How far recordings reach; asked for again now and then, and when cameras change. */
export function useOutlook(): ArchiveView {
  const { devices } = useDevices();
  const { data, refetch } = useQuery('recordings.outlook', {});
  useEffect(() => {
    refetch();
    const timer = setInterval(refetch, AGAIN_MS);
    return () => clearInterval(timer);
  }, [devices, refetch]);
  const byCamera = useMemo(
    () => new Map((data?.cameras ?? []).map((camera) => [camera.device_id, camera])),
    [data],
  );
  return { outlook: data, byCamera };
}
