import type { ReactNode } from 'react';
import { useState } from 'react';
import type { Device } from '../../../../contract';
import { RegionEditor } from './RegionEditor';
import type { Region } from './region';
import { FIRST_REGION } from './region';

export interface MotionTool {
  /** Whose recordings are searched; null: the tool is put away. */
  readonly device: Device | null;
  readonly region: Region;
  readonly setRegion: (region: Region) => void;
  /** By the button of a tile: takes it to that camera, or puts it away when it is there already. */
  readonly toggle: (cameraId: string) => void;
  /** By key: puts it away wherever it is, or takes it out for this camera. */
  readonly flip: (cameraId: string | null) => void;
  readonly close: () => void;
  /** Lies over the picture of its camera. @param ratio width by height of the picture */
  readonly overlay: (ratio: number) => ReactNode;
}

/** The motion search of the screen: for which camera it is out, and in which region. @param shown cameras in tiles */
export function useMotionTool(shown: readonly Device[]): MotionTool {
  const [cameraId, setCameraId] = useState<string | null>(null);
  const [region, setRegion] = useState<Region>(FIRST_REGION);
  return {
    device: shown.find(({ id }) => id === cameraId) ?? null,
    ...{ region, setRegion },
    toggle: (id) => setCameraId((before) => (before === id ? null : id)),
    flip: (id) => setCameraId((before) => (before === null ? id : null)),
    close: () => setCameraId(null),
    overlay: (ratio) =>
      region.shape === 'whole' ? null : <RegionEditor region={region} onChange={setRegion} ratio={ratio} />,
  };
}
