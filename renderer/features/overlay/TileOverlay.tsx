import type { RefObject } from 'react';
import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react';
import type { DetectionResult } from '../../../contract';
import { useSubscription } from '../../data/useSubscription';
import type { Role } from '../../data/StreamStore';
import type { Zoom } from '../live/tile/zoom';
import { OverlayLayer } from './OverlayLayer';
import { overlayStore, useOverlaySettings } from './overlayStoreOfWindow';
import './overlay.css';

export interface TileOverlayProps {
  readonly cameraId: string;
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly zoom: Zoom;
  /** The stream that the tile shows. */
  readonly stream: Role;
  /** The live picture is shown and in sight. */
  readonly isShown: boolean;
}

const onVisibility = (listener: () => void) => {
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
};
const isVisible = () => document.visibilityState === 'visible';

/** Boxes over a tile's picture while the user wants them; otherwise there is neither canvas nor subscription. */
export function TileOverlay({ isShown, ...props }: TileOverlayProps) {
  const { enabled } = useOverlaySettings();
  const visible = useSyncExternalStore(onVisibility, isVisible);
  return enabled && isShown && visible ? <OverlayCanvas {...props} /> : null;
}

function OverlayCanvas({ cameraId, video, zoom, stream }: Omit<TileOverlayProps, 'isShown'>) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const layer = useRef<OverlayLayer | null>(null);
  const settings = useOverlaySettings();
  const view = useRef({ zoom, stream, settings });
  useEffect(() => {
    view.current = { zoom, stream, settings };
    layer.current?.look(view.current);
  }, [zoom, stream, settings]);
  useEffect(() => {
    if (canvas.current === null || video.current === null) return;
    const drawing = new OverlayLayer(canvas.current, video.current, view.current);
    layer.current = drawing;
    return () => {
      layer.current = null;
      drawing.dispose();
    };
  }, [cameraId, video]);
  const take = useCallback((result: DetectionResult) => {
    layer.current?.take(result);
    for (const { class_name } of result.detections) overlayStore.sawLabel(class_name);
  }, []);
  useSubscription('detections', { camera_ids: [cameraId] }, take);
  return <canvas ref={canvas} className="tile-overlay" data-testid="overlay" aria-hidden="true" />;
}
