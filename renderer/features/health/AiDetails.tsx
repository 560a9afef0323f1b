import type { HealthReport } from '../../../contract';
import { t } from '../../strings';
import { ModelName } from '../models/ModelName';
import { Fact, Facts, FigureTable, numbers, words } from './Facts';
import { lengthText, NOTHING, valueText } from './healthText';

interface Props {
  readonly report: HealthReport;
}

/** In words where there are any: a decoder may know more phases than a stream. */
function phaseText(phase: string): string {
  const known = (['stopped', 'starting', 'running', 'stalled', 'backing-off'] as const).find(
    (one) => one === phase,
  );
  return known === undefined ? t('health.decoder.waiting') : t(`health.phase.${known}`);
}

/** Frames on their way to the models. */
export function Frames({ report: { frames, cameras, detection_fps } }: Props) {
  return (
    <>
      <Facts>
        <Fact name={t('health.fact.detectionFps')}>{valueText(detection_fps, 'perS')}</Fact>
        <Fact name={t('health.fact.published')}>{frames.published}</Fact>
        <Fact name={t('health.fact.overwritten')}>{frames.overwritten}</Fact>
        <Fact name={t('health.fact.torn')}>{frames.torn}</Fact>
        <Fact name={t('health.fact.stale')}>{frames.stale_reads}</Fact>
        <Fact name={t('health.fact.unreadable')}>{frames.unreadable}</Fact>
      </Facts>
      <FigureTable
        label={t('health.decoders')}
        empty={t('health.noDecoders')}
        columns={[
          words(t('health.camera')),
          words(t('health.decoder.phase')),
          numbers(t('health.decoder.fps')),
          numbers(t('health.decoder.wanted')),
          words(t('health.decoder.method')),
          numbers(t('health.decoder.losses')),
          numbers(t('health.decoder.restarts')),
        ]}
        rows={frames.decoders.map((one) => ({
          key: `${one.camera_id} ${one.stream}`,
          cells: [
            cameras.find(({ camera_id }) => camera_id === one.camera_id)?.name ?? NOTHING,
            one.problem ?? phaseText(one.phase),
            valueText(one.fps, 'perS'),
            valueText(one.wanted_fps, 'perS'),
            one.method ?? t('health.decoder.cpu'),
            one.losses + one.refused,
            one.restarts,
          ],
        }))}
      />
    </>
  );
}

/** The models and what runs them. */
export function Models({ report: { detectors } }: Props) {
  return (
    <FigureTable
      label={t('health.models')}
      empty={t('health.noModels')}
      columns={[
        words(t('health.model')),
        words(t('health.model.state')),
        numbers(t('health.model.speed')),
        numbers(t('health.model.rate')),
        numbers(t('health.model.refused')),
        numbers(t('health.model.errors')),
        numbers(t('health.process.memory')),
        numbers(t('health.model.heartbeat')),
        words(t('health.model.device')),
      ]}
      rows={detectors.map((one) => ({
        key: one.model_id,
        cells: [
          <ModelName key="name" name={one.name} />,
          <span key="state" title={one.reason ?? undefined}>
            {t(`health.model.${one.state}`)}
          </span>,
          valueText(one.inference_speed, 'ms'),
          valueText(one.rate, 'perS'),
          one.queue_refusals,
          `${String(one.errors + one.timeouts)}, ${String(one.late)}`,
          valueText(one.memory_bytes, 'bytes'),
          one.heartbeat_age_ms === null ? NOTHING : lengthText(one.heartbeat_age_ms / 1000),
          one.device === null ? (
            NOTHING
          ) : (
            <span key="device" title={one.device.why ?? undefined}>
              {one.device.actual === one.device.requested
                ? one.device.actual
                : `${one.device.actual} (${one.device.requested})`}
            </span>
          ),
        ],
      }))}
    />
  );
}
