import type { PlainKey } from '../../strings';
import { t } from '../../strings';

/** What the processes do, by what the main process calls them. */
const NAMES: Readonly<Partial<Record<string, PlainKey>>> = {
  main: 'health.kind.main',
  window: 'health.kind.window',
  gpu: 'health.kind.gpu',
  'Network Service': 'health.kind.network',
  'Audio Service': 'health.kind.audio',
  'mediasoup-worker': 'health.kind.live',
  ingest: 'health.kind.ingest',
  decoder: 'health.kind.decoder',
  transcoder: 'health.kind.transcoder',
  'audio-transcoder': 'health.kind.sound',
  thumbnail: 'health.kind.thumbnail',
  snapshot: 'health.kind.snapshot',
  probe: 'health.kind.probe',
  'motion-scan': 'health.kind.motion',
};

/** A process in words; one that nobody has named yet as the system calls it. */
export function processText(kind: string, nameOfModel: (id: string) => string): string {
  if (kind.startsWith('model ')) return t('health.kind.model', { name: nameOfModel(kind.slice(6)) });
  if (kind.startsWith('playback-')) return t('health.kind.playback');
  const key = NAMES[kind];
  return key === undefined ? kind : t(key);
}
