import type { ReactNode } from 'react';
import { useSyncExternalStore } from 'react';
import type { Device } from '../../../contract';
import { useStream } from '../../data/StreamsProvider';
import { t } from '../../strings';
import { lastPictures } from '../live/tile/LastPictures';
import { TilePoster } from '../live/tile/TilePoster';
import { useTileFeed } from '../live/tile/useTileFeed';

/** The camera's live picture in its own shape, its last one while there is none; `children` lie over it. */
export function CameraPicture({
  device,
  children,
}: {
  readonly device: Device;
  readonly children: ReactNode;
}) {
  const state = useStream(device.id, 'main')?.state;
  const { video, view, keep } = useTileFeed(device.id, device.is_active ? 'main' : null);
  const size = (state?.info ?? device.main_info)?.video;
  const isLive = view?.state === 'live';
  const last = useSyncExternalStore(lastPictures.subscribe, () => lastPictures.newest(device.id));
  return (
    <div
      className="camera-picture"
      style={{ aspectRatio: `${String(size?.width ?? 16)} / ${String(size?.height ?? 9)}` }}
    >
      <video ref={video} className="camera-picture-video" muted autoPlay playsInline />
      {isLive ? null : <TilePoster cameraId={device.id} onKeep={keep} />}
      {isLive || last !== null ? null : <p className="camera-picture-none">{t('areas.noPicture')}</p>}
      {children}
    </div>
  );
}
