import type { CSSProperties } from 'react';
import { t } from '../../strings';
import { percentText } from '../events/eventText';
import { BONES } from '../overlay/paint';
import type { Finding } from './findings';
import type { Looked } from './useTrial';
import '../../ui/pictureBoxes.css';

/** A point below it is a guess and is not drawn. */
const SURE = 0.2;

export interface TrialPictureProps {
  readonly looked: Looked;
  readonly findings: readonly Finding[];
  /** The finding that is pointed at in the list. */
  readonly marked: number | null;
}

/** The picture that the model looked at, with a box, a skeleton and a caption for each finding. */
export function TrialPicture({ looked, findings, marked }: TrialPictureProps) {
  const { result, url, source } = looked;
  return (
    <div
      className="picture-frame trial-frame"
      style={{ '--ratio': result.width / result.height } as CSSProperties}
    >
      <img
        src={url}
        alt={t('trial.picture', { source: source.name })}
        draggable={false}
        data-testid="trial-picture"
      />
      <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
        {findings.map(({ index, keypoints }) =>
          keypoints === null ? null : <Skeleton key={index} points={keypoints} isMarked={index === marked} />,
        )}
      </svg>
      {findings.map(({ index, name, confidence, bbox: [left, top, right, bottom] }) => (
        <div
          key={index}
          className="picture-box trial-box"
          data-testid="trial-box"
          data-marked={index === marked ? 'true' : undefined}
          data-low={top < 0.06 ? 'true' : undefined}
          style={{
            left: share(left),
            top: share(top),
            width: share(right - left),
            height: share(bottom - top),
          }}
        >
          <span className="picture-box-label numeric">
            {name} {percentText(confidence)}
          </span>
        </div>
      ))}
    </div>
  );
}

const share = (value: number): string => `${String(value * 100)}%`;

function Skeleton({
  points,
  isMarked,
}: {
  readonly points: NonNullable<Finding['keypoints']>;
  readonly isMarked: boolean;
}) {
  const at = (index: number) => {
    const point = points[index];
    return point === undefined || point[2] < SURE ? null : point;
  };
  const lines = BONES.flatMap(([from, to]) => {
    const [a, b] = [at(from), at(to)];
    return a === null || b === null
      ? []
      : [`M${String(a[0])} ${String(a[1])}L${String(b[0])} ${String(b[1])}`];
  });
  // A line of no length with round ends is a dot whatever the shape of the picture.
  const dots = points.filter(([, , sure]) => sure >= SURE).map(([x, y]) => `M${String(x)} ${String(y)}l0 0`);
  return (
    <g className="trial-skeleton" data-testid="trial-skeleton" data-marked={isMarked ? 'true' : undefined}>
      <path d={lines.join('')} />
      <path className="trial-dots" d={dots.join('')} />
    </g>
  );
}
