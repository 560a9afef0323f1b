import type { Dispatch, SetStateAction } from 'react';
import { useState } from 'react';
import type { Device } from '../../../../contract';

/**
 * The tile that fills the wall; null when none does, or when it has no camera any more.
 * @param devices by tile; null where it is empty
 */
export function useFullTile(
  devices: readonly (Device | null)[],
): readonly [number | null, Dispatch<SetStateAction<number | null>>] {
  const [full, setFull] = useState<number | null>(null);
  return [full !== null && devices[full] != null ? full : null, setFull];
}
