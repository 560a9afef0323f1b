import { useMemo } from 'react';
import type { Device } from '../../../contract';
import { streamKey } from '../../data/StreamStore';
import { useStreams } from '../../data/StreamsProvider';
import type { CameraFilter } from './cameraFilter';
import { matchesFilter } from './cameraFilter';

/** The cameras that search and filters leave; keeps its array while the same cameras are left. */
export function useFilteredCameras(devices: readonly Device[], filter: CameraFilter): readonly Device[] {
  // Streams change all the time; without a filter of their states they do not matter here.
  const streams = useStreams(filter.state !== 'any');
  return useMemo(
    () =>
      devices.filter((device) =>
        matchesFilter(device, streams.get(streamKey(device.id, 'main')) ?? null, filter),
      ),
    [devices, streams, filter],
  );
}
