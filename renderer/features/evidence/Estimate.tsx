import type { ResponseOf } from '../../../contract';
import { useQuery } from '../../data/useQuery';
import { plural, t } from '../../strings';
import { Busy } from '../../ui/Busy';
import { FactList } from '../../ui/FactList';
import { Notice } from '../../ui/Notice';
import { bytesText } from '../../ui/timeText';
import { spanText } from './localTime';

export interface EstimateProps {
  readonly cameraIds: readonly string[];
  /** Null while it cannot be read. */
  readonly range: { readonly start: string; readonly end: string } | null;
  readonly rendition: 'original' | 'burnt-in';
  readonly encrypted: boolean;
  /** Of the chosen folder; null before one is chosen. */
  readonly freeBytes: number | null;
}

/** What a package would hold, what it needs and how long it takes. */
export function Estimate({ range, ...rest }: EstimateProps) {
  if (range === null || rest.cameraIds.length === 0)
    return <p className="setting-hint">{t('evidence.estimateLater')}</p>;
  return <Known {...rest} range={range} />;
}

function Known(props: EstimateProps & { readonly range: { start: string; end: string } }) {
  const { cameraIds, range, rendition, encrypted, freeBytes } = props;
  const { data, error } = useQuery('evidence.estimate', {
    ...{ camera_ids: [...cameraIds], ...range, rendition, encrypted },
  });
  if (error !== null)
    return (
      <Notice tone="bad" live="alert" title={t('evidence.estimateFailed')}>
        {error.message}
      </Notice>
    );
  if (data === null) return <Busy text={t('evidence.estimating')} />;
  if (data.seconds === 0) return <Notice tone="warn" live="status" title={t('evidence.nothing')} />;
  return (
    <>
      <Figures estimate={data} />
      {freeBytes !== null && freeBytes < data.needed_bytes ? (
        <Notice tone="warn" live="alert" title={t('evidence.tooSmall')}>
          {t('evidence.tooSmallText', { needed: bytesText(data.needed_bytes), free: bytesText(freeBytes) })}
        </Notice>
      ) : null}
    </>
  );
}

function Figures({ estimate }: { readonly estimate: ResponseOf<'evidence.estimate'> }) {
  const gaps = estimate.cameras.reduce((sum, camera) => sum + camera.gaps, 0);
  const facts = [
    [t('evidence.footage'), `${spanText(estimate.seconds)}, ${bytesText(estimate.bytes)}`],
    [t('evidence.needs'), bytesText(estimate.needed_bytes)],
    [t('evidence.takes'), t('evidence.about', { duration: spanText(Math.max(1, estimate.make_seconds)) })],
    [t('evidence.gaps'), gaps === 0 ? t('evidence.noGaps') : plural('evidence.gapCount', gaps)],
  ] as const;
  return <FactList facts={facts} label={t('evidence.figures')} />;
}
