import { HEALTH_METRICS } from '../../../../contract/health';
import { cameraIdOf } from '../../../kernel/streams';
import type { Operator } from '../../../users/operator';
import type { ResponseOf } from '../../../../contract';
import { configure, sees, user } from './shared';
import type { Rules } from './types';

type AlertOf = ResponseOf<'alerts.active'>['alerts'][number];

/** Alerts, figures, and the bundle for whoever helps. */
export const healthRules = {
  'alerts.active': {
    ...user,
    filter: ({ alerts }, operator) => ({ alerts: alertsFor(alerts, operator) }),
  },
  'alerts.history': {
    ...user,
    cameras: ({ camera_id }) => [camera_id],
    filter: (value, operator) => ({ ...value, alerts: alertsFor(value.alerts, operator) }),
  },
  'alerts.acknowledge': {
    needs: 'alerts.acknowledge',
    cameras: ({ ids }, find) => Promise.all(ids.map((id) => find.alert(id))),
    audit: ({ ids }) => ({ detail: { alerts: ids } }),
  },
  'ai-observability.health': {
    ...user,
    filter: (value, operator) => {
      const cameras = value.cameras.filter(({ camera_id }) => sees(operator, camera_id));
      return { ...value, cameras, camera_count: cameras.length };
    },
  },
  'ai-observability.model-health': user,
  'ai-observability.camera-metrics': { ...user, cameras: ({ camera_id }) => [camera_id] },
  'ai-observability.models': user,
  'ai-observability.cameras': {
    ...user,
    filter: ({ cameras }, operator) => ({
      cameras: cameras.filter(({ camera_id }) => sees(operator, camera_id)),
    }),
  },
  'support.create': {
    ...configure,
    audit: (_request, answer) =>
      answer?.started === null
        ? null
        : {
            object: { kind: 'support-bundle', id: answer?.started?.id ?? null },
            detail: { file: answer?.started?.file },
          },
  },
  'support.cancel': { ...configure, audit: false },
  'support.state': configure,
  'health.get': {
    ...user,
    filter: (value, operator) => ({
      ...value,
      cameras: value.cameras.filter(({ camera_id }) => sees(operator, camera_id)),
      processes: value.processes.filter(
        ({ stream }) => stream === null || sees(operator, cameraIdOf(stream)),
      ),
      frames: {
        ...value.frames,
        decoders: value.frames.decoders.filter(({ camera_id }) => sees(operator, camera_id)),
      },
    }),
  },
  'health.series': {
    ...user,
    filter: (value, operator) => ({
      ...value,
      series: value.series.filter(
        ({ metric, subject }) => HEALTH_METRICS[metric] !== 'camera' || sees(operator, subject),
      ),
    }),
  },
} satisfies Partial<Rules>;

/** Alerts of cameras that may be seen; those of the workstation do not name others. */
function alertsFor(alerts: readonly AlertOf[], operator: Operator): AlertOf[] {
  return alerts
    .filter(({ camera_id }) => sees(operator, camera_id))
    .map((alert) => {
      const { cameras: _names, ...detail } = alert.detail;
      return { ...alert, detail };
    });
}
