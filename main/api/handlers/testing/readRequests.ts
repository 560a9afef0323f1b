import fc from 'fast-check';
import type { ChannelName } from '../../../../contract';
import { channels } from '../../../../contract';
import { HEALTH_METRICS } from '../../../../contract/health';
import { NOW_US, uuid } from '../../../store/testing/fixtures';

/** The cameras and the model that there are. */
export const GATE = uuid(1);
export const YARD = uuid(2);
export const MODEL = 'people';

/** What is watched: the queries of these parts of the contract, `health.get` aside, which e2e/health.spec.ts asks. */
const PARTS = ['ai-events.', 'ai-models.', 'ai-model-assignments.', 'ai-observability.', 'health.series'];
export const QUERIES = (Object.keys(channels) as ChannelName[]).filter(
  (name) => channels[name].kind === 'query' && PARTS.some((part) => name.startsWith(part)),
);

const anId = fc.constantFrom(GATE, YARD, uuid(3), uuid(999));
const aModel = fc.constantFrom(MODEL, 'nobody', "x'; DELETE FROM ai_models; --");
const aWord = fc.constantFrom('person', 'car', 'Door', 'never seen', "'); DROP TABLE events; --", '%', '_');
const anInstant = fc
  .integer({ min: -86_400, max: 86_400 })
  .map((seconds) => new Date(NOW_US / 1000 + seconds * 1000).toISOString());
const some = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 1, maxLength: 4 });
const optional = <T extends object>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(fields, { requiredKeys: [] });
const filter = {
  ...{ camera_ids: some(anId), model_ids: some(aModel), labels: some(aWord), zones: some(aWord) },
  ...{ start_time: anInstant, end_time: anInstant, reviewed: fc.boolean() },
  min_confidence: fc.double({ min: 0, max: 1, noNaN: true }),
};
const page = { limit: fc.integer({ min: 1, max: 1000 }), offset: fc.integer({ min: 0, max: 500 }) };
const aCursor = fc
  .tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 300 }))
  .map(([second, row]) => `${String(NOW_US + second * 1_000_000)}.${String(row)}`);

/** Requests of each query, most of which fit; a query that is not here fails the test. */
export const REQUESTS: Readonly<Partial<Record<ChannelName, fc.Arbitrary<object>>>> = {
  'ai-events.get': fc.record({ id: anId }),
  'ai-events.list': optional({
    ...{ camera_id: anId, model_id: aModel, ...filter, ...page },
    ...{ cursor: aCursor, with_total: fc.boolean() },
  }),
  'ai-events.listForCamera': fc.record(
    { camera_id: anId, model_id: aModel, start_time: anInstant, end_time: anInstant, ...page },
    { requiredKeys: ['camera_id'] },
  ),
  'ai-events.names': fc.constant({}),
  'ai-events.spans': fc.record({ filter: optional(filter), spans: some(fc.tuple(anInstant, anInstant)) }),
  'ai-events.preview-expiry': fc.record({ days: fc.constantFrom(1, 30, 90, 365) }),
  'ai-events.triggers': fc.constant({}),
  'ai-models.list': optional({ enabled: fc.boolean() }),
  'ai-models.get': fc.record({ model_id: aModel }),
  'ai-model-assignments.list': optional({
    ...{ camera_id: anId, model_id: aModel, enabled: fc.boolean(), ...page },
  }),
  'ai-model-assignments.get': fc.record({ id: anId }),
  'ai-observability.health': fc.constant({}),
  'ai-observability.models': fc.constant({}),
  'ai-observability.cameras': fc.constant({}),
  'ai-observability.model-health': fc.record({ model_id: aModel }),
  'ai-observability.camera-metrics': fc.record({ camera_id: anId }),
  'health.series': fc.record(
    {
      metrics: some(fc.constantFrom(...Object.keys(HEALTH_METRICS))),
      ...{ subjects: some(anId), from: anInstant, to: anInstant },
      step: fc.integer({ min: 10, max: 3600 }),
    },
    { requiredKeys: ['metrics', 'from', 'to'] },
  ),
};
