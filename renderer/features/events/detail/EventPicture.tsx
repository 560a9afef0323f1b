import type { CSSProperties } from 'react';
import { useState } from 'react';
import type { AiEvent } from '../../../../contract';
import { t } from '../../../strings';
import type { SeenObject } from '../detections';
import { objectsOf, shareOf } from '../detections';
import { percentText, snapshotUrl } from '../eventText';
import '../../../ui/pictureBoxes.css';
import { momentText } from '../../../ui/timeText';

export interface EventPictureProps {
  readonly event: AiEvent;
  readonly camera: string;
  readonly hasBoxes: boolean;
}

/** The snapshot at full size, with a box around each object that has a place in it. */
export function EventPicture({ event, camera, hasBoxes }: EventPictureProps) {
  const { snapshot_id: id } = event;
  const [failed, setFailed] = useState<string | null>(null);
  const [size, setSize] = useState<{ id: string; width: number; height: number } | null>(null);
  if (id === null || failed === id)
    return <p className="event-picture-none">{t(id === null ? 'event.noPicture' : 'events.pictureGone')}</p>;
  const time = momentText(Date.parse(event.timestamp));
  return (
    <div
      className="picture-frame"
      style={{ '--ratio': size?.id === id ? size.width / size.height : 16 / 9 } as CSSProperties}
    >
      <img
        key={id}
        src={snapshotUrl(id)}
        alt={t('event.picture', { camera, time })}
        draggable={false}
        data-testid="event-picture"
        onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) =>
          setSize({ id, width, height })
        }
        onError={() => setFailed(id)}
      />
      {hasBoxes && size?.id === id
        ? objectsOf(event.detections).map((object, index) => (
            <ObjectBox key={`${object.label} ${String(index)}`} object={object} picture={size} />
          ))
        : null}
    </div>
  );
}

interface ObjectBoxProps {
  readonly object: SeenObject;
  readonly picture: { readonly width: number; readonly height: number };
}

function ObjectBox({ object, picture }: ObjectBoxProps) {
  const box = object.box === null ? null : shareOf(object.box, picture);
  if (box === null) return null;
  const share = (value: number) => `${String(value * 100)}%`;
  return (
    <div
      className="picture-box"
      data-testid="event-box"
      data-low={box.top < 0.06 ? 'true' : undefined}
      style={{
        left: share(box.left),
        top: share(box.top),
        width: share(box.right - box.left),
        height: share(box.bottom - box.top),
      }}
    >
      <span className="picture-box-label numeric">
        {object.label} {percentText(object.confidence)}
      </span>
    </div>
  );
}
