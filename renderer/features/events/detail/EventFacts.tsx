import type { ReactNode } from 'react';
import type { AiEvent } from '../../../../contract';
import { t } from '../../../strings';
import { objectsOf } from '../detections';
import { momentText, percentText, zonesOf } from '../eventText';
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
  const rows: [string, ReactNode][] = [
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
      ? [
          [t('event.latency'), t('event.milliseconds', { ms: Math.round(latency) })] satisfies [
            string,
            string,
          ],
        ]
      : []),
    [
      t('event.reviewedAt'),
      event.reviewed_at === null ? t('events.notReviewed') : momentText(Date.parse(event.reviewed_at)),
    ],
  ];
  return (
    <dl className="event-facts">
      {rows.map(([name, value]) => (
        <div key={name} className="event-fact">
          <dt>{name}</dt>
          <dd className="numeric">{value}</dd>
        </div>
      ))}
      <div className="event-fact">
        <dt>{t('event.id')}</dt>
        <dd className="event-id">{event.id}</dd>
      </div>
    </dl>
  );
}
