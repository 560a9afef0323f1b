import { t } from '../../../strings';
import { Button } from '../../../ui/Button';
import type { TileZoom } from './useZoom';

/** Says that only a part of the picture is seen, which part, and leads back to the whole. */
export function ZoomMark({ zoom: { zoom, reset } }: { readonly zoom: TileZoom }) {
  const percent = (part: number) => `${String(part * 100)}%`;
  return (
    <div className="tile-zoom" data-testid="zoom-mark">
      <div className="tile-zoom-map" aria-hidden="true">
        <div
          className="tile-zoom-part"
          style={{
            left: percent(-zoom.x / zoom.scale),
            top: percent(-zoom.y / zoom.scale),
            width: percent(1 / zoom.scale),
            height: percent(1 / zoom.scale),
          }}
        />
      </div>
      <Button
        look="quiet"
        className="tile-zoom-button numeric"
        onPress={reset}
        aria-label={t('tile.zoomReset')}
      >
        {t('tile.zoom', { scale: zoom.scale.toFixed(1) })}
      </Button>
    </div>
  );
}
