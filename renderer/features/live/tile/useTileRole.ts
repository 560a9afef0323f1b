import { useEffect, useState } from 'react';
import type { Device } from '../../../../contract';
import type { Role, TimedStreamState } from '../../../data/StreamStore';
import { useStream } from '../../../data/StreamsProvider';
import type { StreamCondition } from '../../../data/streamCondition';
import { conditionOfWatched } from '../../../data/streamCondition';
import type { PixelSize } from './role';
import { chooseRole } from './role';
import type { SubTrust } from './subTrust';
import { LASTS_MS, sightOf, trustAtSight, trustInTime } from './subTrust';

export interface TileRole {
  /** The stream that the tile wants to show. */
  readonly role: Role;
  readonly condition: StreamCondition;
  readonly main: TimedStreamState | null;
  readonly sub: TimedStreamState | null;
}

/** Chooses the stream of a tile and tells how it is. @param size of the picture area, device pixels */
export function useTileRole(
  device: Device,
  size: PixelSize | null,
  look: { readonly isFull: boolean; readonly isZoomed: boolean },
): TileRole {
  const main = useStream(device.id, 'main');
  const sub = useStream(device.id, 'sub');
  const [trust, setTrust] = useState<SubTrust>('trusted');
  const subFailed = trust === 'given-up';
  const [shown, setShown] = useState<Role | null>(null);
  const role = chooseRole({
    hasSub: device.sub_rtsp_url !== null,
    isFullWindow: look.isFull,
    isZoomed: look.isZoomed,
    tile: size,
    main: main?.state.info?.video ?? device.main_info?.video ?? null,
    sub: sub?.state.info?.video ?? device.sub_info?.video ?? null,
    subFailed,
    shown,
  });
  // While the main stream only stands for it, the tile stays one that the sub-stream fills.
  if (size !== null && role !== shown && !subFailed) setShown(role);
  const condition = conditionOfWatched(role, main, sub, device.is_active);

  // A sub-stream that cannot be had must not hide a camera whose main stream runs.
  const seen = trustAtSight(trust, sightOf(role, condition, main?.state.phase === 'running'));
  if (seen !== trust) setTrust(seen);
  useEffect(() => {
    const lasts = LASTS_MS[trust];
    if (lasts === undefined) return;
    const timer = setTimeout(() => setTrust(trustInTime), lasts);
    return () => clearTimeout(timer);
  }, [trust]);
  return { role, condition, main, sub };
}
