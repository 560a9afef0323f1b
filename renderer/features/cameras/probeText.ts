import type { ProbeReport } from '../../../contract';
import { faultAdvice, faultTitle } from '../../data/faultText';
import type { StreamInfo } from '../../data/videoText';
import {
  audioSummary,
  codecName,
  fpsText,
  reasonExplanation,
  reasonNames,
  sizeText,
} from '../../data/videoText';
import { t } from '../../strings';

export interface ProbeRow {
  readonly label: string;
  readonly value: string;
}

export interface ProbeText {
  readonly tone: 'ok' | 'info' | 'bad';
  readonly title: string;
  /** Sentences: what it means and what to do. */
  readonly text: readonly string[];
  readonly rows: readonly ProbeRow[];
  /** `1.2 s` */
  readonly elapsed: string;
}

/** Longer than this, the first live picture takes noticeably long. */
const LONG_GOP_SECONDS = 2.5;

/** A probe's report in words. */
export function probeText(report: ProbeReport): ProbeText {
  const elapsed = t('probe.seconds', { seconds: (report.elapsed_ms / 1000).toFixed(1) });
  if (!report.valid)
    return {
      tone: 'bad',
      title: faultTitle(report.code),
      // The prober's own words know more than those of the code.
      text: [report.error === '' ? faultAdvice(report.code) : report.error],
      rows: [],
      elapsed,
    };
  const { info, transcode_reasons: reasons } = report;
  const { video } = info;
  const slow = video.gopSeconds !== null && video.gopSeconds > LONG_GOP_SECONDS ? [t('probe.longGop')] : [];
  const rows = rowsOf(info);
  if (reasons.length === 0)
    return { tone: 'ok', title: t('probe.plays'), text: [t('probe.playsText'), ...slow], rows, elapsed };
  return {
    tone: 'info',
    title: t('probe.converted', { reasons: reasonNames(reasons, video) }),
    text: [...reasons.map((reason) => reasonExplanation(reason, video)), t('probe.convertedText'), ...slow],
    rows,
    elapsed,
  };
}

function rowsOf({ video, audio }: StreamInfo): ProbeRow[] {
  const unknown = t('probe.unknown');
  return [
    { label: t('probe.codec'), value: codecName(video.codec) },
    { label: t('probe.profile'), value: video.profile ?? unknown },
    { label: t('probe.size'), value: sizeText(video) },
    { label: t('probe.fps'), value: fpsText(video.fps) ?? unknown },
    { label: t('probe.bFrames'), value: video.hasBFrames ? t('common.yes') : t('common.no') },
    {
      label: t('probe.gop'),
      value:
        video.gopSeconds === null
          ? unknown
          : t('probe.gopValue', { seconds: Number(video.gopSeconds.toFixed(1)) }),
    },
    { label: t('probe.audio'), value: audioSummary(audio) },
  ];
}
