import type { AiEvent } from '../../../../contract';
import { t } from '../../../strings';
import type { Fact } from '../../../ui/FactList';
import { FactList } from '../../../ui/FactList';
import { momentText } from '../../../ui/timeText';
import { objectsOf } from '../detections';
import { percentText, zonesOf } from '../eventText';
import type { EventNames } from '../useNames';

export interface EventFactsProps {
  readonly event: AiEvent;
  readonly names: EventNames;
}

/** Everything that is known of an event. */
export function EventFacts({ event, names }: EventFactsProps) {
  const { model_version: version, inference_latency_ms: latency } = event.event_metadata;
  const model = names.modelName(event.model_id);
  const zones = zonesOf(event);
  const objects = objectsOf(event.detections);
  const rows: Fact[] = [
    [t('event.time'), momentText(Date.parse(event.timestamp))],
    [t('event.camera'), names.cameraName(event.camera_id)],
    [
      t('event.objects'),
      objects.length === 0 ? (
        t('events.noObjects')
      ) : (
        <ul key="objects">
          {objects.map(({ label, confidence, trackId }, index) => (
            <li key={`${label} ${String(index)}`}>
              {[label, percentText(confidence), trackId === null ? '' : t('event.track', { id: trackId })]
                .filter((part) => part !== '')
                .join(' \u00b7 ')}
            </li>
          ))}
        </ul>
      ),
    ],
    [t('event.confidence'), event.confidence === null ? t('event.none') : percentText(event.confidence)],
    [t('event.zones'), zones.length === 0 ? t('event.none') : zones.join(', ')],
    [
      t('event.model'),
      typeof version === 'string' || typeof version === 'number'
        ? t('event.version', { model, version })
        : model,
    ],
    ...(typeof latency === 'number'
      ? [[t('event.latency'), t('event.milliseconds', { ms: Math.round(latency) })] satisfies Fact]
      : []),
    [
      t('event.reviewedAt'),
      event.reviewed_at === null ? t('events.notReviewed') : momentText(Date.parse(event.reviewed_at)),
    ],
    [
      t('event.id'),
      <span key="id" className="event-id">
        {event.id}
      </span>,
    ],
  ];
  return <FactList facts={rows} className="fact-list-ruled" />;
}
