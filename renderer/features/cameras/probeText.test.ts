import { expect, test } from 'vitest';
import { infoOf } from '../../dev/samples';
import { probeText } from './probeText';

const found = (info = infoOf(), transcode_reasons: ('codec' | 'b_frames' | 'chroma')[] = []) =>
  ({ valid: true, rtsp_url: 'rtsp://h/1', info, transcode_reasons, elapsed_ms: 1_240 }) as const;

test('a stream that plays unchanged, with everything that was found', () => {
  const text = probeText(
    found(infoOf({ gopSeconds: 1.04 }, { codec: 'aac', sampleRate: 16_000, channels: 1 })),
  );
  expect(text).toMatchObject({ tone: 'ok', elapsed: '1.2 s' });
  expect(Object.fromEntries(text.rows.map(({ label, value }) => [label, value]))).toEqual({
    Codec: 'H.264',
    Profile: 'High',
    'Picture size': '1920 \u00d7 1080',
    'Frame rate': '25 fps',
    'B-frames': 'No',
    'Key frame every': '1 s',
    Audio: 'AAC, 16 kHz, mono',
  });
});

test('a stream that must be converted says why and what happens', () => {
  const text = probeText(found(infoOf({ codec: 'hevc' }), ['codec']));
  expect(text.tone).toBe('info');
  expect(text.title).toContain('H.265');
  expect(text.text.join(' ')).toContain('recorded unchanged');
});

test('a long way between key frames is mentioned', () => {
  expect(probeText(found(infoOf({ gopSeconds: 10 }))).text.join(' ')).toContain('key frame');
  expect(probeText(found(infoOf({ gopSeconds: 2 }))).text).toHaveLength(1);
});

test('a failure says what is wrong and what to do', () => {
  const refused = { valid: false, rtsp_url: 'rtsp://h/1', code: 'unauthorized', elapsed_ms: 310 } as const;
  const text = probeText({ ...refused, error: 'Refused. Check both.' });
  expect(text).toEqual({
    tone: 'bad',
    title: 'User or password refused',
    text: ['Refused. Check both.'],
    rows: [],
    elapsed: '0.3 s',
  });
  expect(probeText({ ...refused, error: '' }).text[0]).toContain('Enter the user and password');
});

test('unknown figures are called unknown', () => {
  const text = probeText(found(infoOf({ profile: null, fps: null, gopSeconds: null })));
  expect(text.rows.filter(({ value }) => value === 'Unknown')).toHaveLength(3);
});
