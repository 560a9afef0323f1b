import type { FeedRates } from '../../../live/feedRates';
import type { Role } from '../../../data/StreamStore';
import { t } from '../../../strings';

/** A line of the statistics: what, and how much. */
export interface StatisticsLine {
  readonly id: string;
  readonly label: string;
  readonly value: string;
}

/** The statistics of a live picture, in the order in which they are read; dashes where nothing can be told. */
export function statisticsLines(role: Role, rates: FeedRates | null): StatisticsLine[] {
  const ms = (value: number | null | undefined) =>
    value == null
      ? t('stats.unknown')
      : t('stats.ms', { value: value < 10 ? value.toFixed(1) : value.toFixed(0) });
  const size =
    rates?.width == null || rates.height === null
      ? t('stats.unknown')
      : t('stats.size', { width: rates.width, height: rates.height });
  return [
    { id: 'stream', label: t('stats.stream'), value: t(role === 'sub' ? 'stats.sub' : 'stats.main') },
    { id: 'size', label: t('stats.resolution'), value: size },
    {
      id: 'fps',
      label: t('stats.fps'),
      value: rates?.fps == null ? t('stats.unknown') : rates.fps.toFixed(1),
    },
    { id: 'bitrate', label: t('stats.bitrate'), value: bitrateText(rates?.bitrate ?? null) },
    { id: 'jitter', label: t('stats.jitter'), value: ms(rates?.jitterMs) },
    { id: 'loss', label: t('stats.loss'), value: lossText(rates?.loss ?? null) },
    { id: 'latency', label: t('stats.latency'), value: ms(rates?.latencyMs) },
    { id: 'buffer', label: t('stats.buffer'), value: ms(rates?.bufferMs) },
    { id: 'decode', label: t('stats.decode'), value: ms(rates?.decodeMs) },
    { id: 'decoder', label: t('stats.decoder'), value: decoderText(rates) },
    {
      id: 'freezes',
      label: t('stats.freezes'),
      value: rates === null ? t('stats.unknown') : String(rates.freezes),
    },
  ];
}

/** Bits a second, such as `512 kbit/s` or `3.4 Mbit/s`. */
export function bitrateText(bits: number | null): string {
  if (bits === null) return t('stats.unknown');
  if (bits < 999_500) return t('stats.kbit', { value: Math.round(bits / 1000) });
  return t('stats.mbit', { value: (bits / 1e6).toFixed(1) });
}

function lossText(loss: number | null): string {
  if (loss === null) return t('stats.unknown');
  return t('stats.percent', { value: loss === 0 ? '0' : (loss * 100).toFixed(2) });
}

function decoderText(rates: FeedRates | null): string {
  if (rates?.decoder == null) return t('stats.unknown');
  if (rates.hardware === null) return rates.decoder;
  return t(rates.hardware ? 'stats.hardware' : 'stats.software', { decoder: rates.decoder });
}
