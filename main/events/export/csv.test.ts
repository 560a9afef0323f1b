import Papa from 'papaparse';
import { expect, test } from 'vitest';
import type { AiEvent } from '../../../contract';
import { field } from '../../base/csv';
import { csvHead, csvRecord } from './csv';

const event: AiEvent = {
  id: '00000000-0000-4000-8000-000000000001',
  camera_id: '00000000-0000-4000-8000-00000000000a',
  model_id: 'm',
  timestamp: '2026-11-21T08:00:00.000Z',
  frame_id: 7,
  detections: {
    schema: 1,
    detections: [{ class_name: 'person' }, { class_name: 'car' }, { class_name: 'person' }],
  },
  confidence: 0.5,
  event_metadata: { zones: ['Door'] },
  created_at: '2026-11-21T08:00:00.030Z',
  snapshot_id: null,
  clip_id: null,
  reviewed_at: null,
};

test('a reader of RFC 4180 gets back what was written', () => {
  const camera = 'Gate "north",\r\nleft';
  const { data, errors } = Papa.parse<Record<string, string>>(csvHead() + csvRecord(event, camera), {
    header: true,
    skipEmptyLines: true,
  });
  expect(errors).toEqual([]);
  expect(data[0]).toMatchObject({
    camera,
    labels: 'person; car',
    zones: 'Door',
    confidence: '0.5',
    clip_id: '',
  });
  expect(JSON.parse(data[0]?.['detections'] ?? '')).toEqual(event.detections);
});

test('what a spreadsheet would calculate becomes text', () => {
  for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\r=1'])
    expect(field(text).replace(/^"/, ''), JSON.stringify(text)).toMatch(/^'/);
  expect(field('Gate = 1')).toBe('Gate = 1');
  expect(field(-1)).toBe('-1');
});
