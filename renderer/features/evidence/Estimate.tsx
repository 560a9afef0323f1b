import { useQuery } from '../../data/useQuery';
import { plural, t } from '../../strings';
import { Busy } from '../../ui/Busy';
import { Notice } from '../../ui/Notice';
import { bytesText } from '../../ui/timeText';
import { spanText } from './localTime';

export interface EstimateProps {
  readonly cameraIds: readonly string[];
  /** Null while it cannot be read. */
  readonly range: { readonly start: string; readonly end: string } | null;
}

/** What a package would hold. */
export function Estimate({ cameraIds, range }: EstimateProps) {
  if (range === null || cameraIds.length === 0) return null;
  return <Known cameraIds={cameraIds} range={range} />;
}

function Known({
  cameraIds,
  range,
}: {
  cameraIds: readonly string[];
  range: { start: string; end: string };
}) {
  const { data, error, loading } = useQuery('evidence.estimate', { camera_ids: [...cameraIds], ...range });
  if (error !== null)
    return (
      <Notice tone="bad" live="alert" title={t('evidence.estimateFailed')}>
        {error.message}
      </Notice>
    );
  if (data === null || loading) return <Busy text={t('evidence.estimating')} />;
  if (data.seconds === 0) return <Notice tone="warn" live="status" title={t('evidence.nothing')} />;
  const gaps = data.cameras.reduce((sum, camera) => sum + camera.gaps, 0);
  return (
    <p className="evidence-estimate" role="status">
      {t('evidence.estimate', { size: bytesText(data.bytes), duration: spanText(data.seconds) })}
      {gaps === 0 ? null : <span>{plural('evidence.gaps', gaps)}</span>}
    </p>
  );
}
