import { expect, test } from 'vitest';
import type { Assignment } from '../../../contract';
import { assignmentChannels, assignmentRules } from '../../../contract/assignments';
import { draftFrom, updateFrom, wrongIn } from './draft';

const assignment: Assignment = {
  id: '00000000-0000-4000-8000-000000000001',
  camera_id: '00000000-0000-4000-8000-000000000002',
  model_id: 'a',
  enabled: true,
  desired_fps: 5,
  priority: null,
  parameters: { kept: [1] },
  rules: assignmentRules.parse({ labels: ['person'], zones: [{ name: 'Door', points: [[0, 0], [1, 0], [1, 1]] }], persist: { min_interval_ms: 1500 } }), // prettier-ignore
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-01T00:00:00.000Z',
};

test('what was not edited stays as it was', () => {
  const update = updateFrom(draftFrom(assignment, null), assignment, null);
  expect(assignmentChannels['ai-model-assignments.update'].request.parse(update)).toEqual({
    ...{ id: assignment.id, desired_fps: 5, priority: null, parameters: { kept: [1] } },
    rules: assignment.rules,
  });
});

test('frames per second and priority can be cleared (reference 8.6 could not)', () => {
  const draft = { ...draftFrom({ ...assignment, priority: 7 }, null), fps: '', priority: '' };
  expect(wrongIn(draft, null).size).toBe(0);
  expect(updateFrom(draft, assignment, null)).toMatchObject({ desired_fps: null, priority: null });
});

test.each([
  ['fps', { fps: '0' }],
  ['fps', { fps: '31' }],
  ['fps', { fps: '2.5' }],
  ['priority', { priority: '101' }],
  ['interval', { interval: '' }],
  ['interval', { interval: '-1' }],
  ['motionHold', { motionHold: '0' }],
  ['motionHold', { motionHold: '2.5' }],
  ['motionEvery', { motionEvery: '601' }],
  ['labels', { labels: [] }],
  ['areas', { areas: [{ kind: 'zone', name: '', points: [] }] }],
] as const)('%s is wrong', (what, change) => {
  expect([...wrongIn({ ...draftFrom(assignment, null), ...change }, null)]).toEqual([what]);
});
