import { expect, it } from 'vitest';
import { guardFor, operatorOf } from './testing';

const GATE = '00000000-0000-4000-8000-000000000001';
const YARD = '00000000-0000-4000-8000-000000000002';

it('names of labels and zones are asked for of the cameras that may be seen', async () => {
  const asked = async (operator: ReturnType<typeof operatorOf>, request: unknown) =>
    (await guardFor(operator).guard.permit('ai-events.names', 'query', request)).narrow(request);
  const narrow = operatorOf('operator', { [GATE]: ['live'] });
  expect(await asked(narrow, {})).toEqual({ camera_ids: [GATE] });
  expect(await asked(narrow, { camera_ids: [GATE, YARD] })).toEqual({ camera_ids: [GATE] });
  expect(await asked(narrow, { camera_ids: [YARD] })).not.toEqual({ camera_ids: [YARD] });
  expect(await asked(operatorOf('operator'), {})).toEqual({});
});

it('the file of an export is told to those who may export', () => {
  const may = (operator: ReturnType<typeof operatorOf>) =>
    guardFor(operator).guard.mayHave('ai-events.exports', {}) !== null;
  expect(may(operatorOf('viewer', { [GATE]: ['live', 'playback'] }))).toBe(false);
  expect(may(operatorOf('viewer', { [GATE]: ['export'] }))).toBe(true);
  expect(may(operatorOf('operator'))).toBe(true);
});
