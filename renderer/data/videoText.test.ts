import { expect, test } from 'vitest';
import { videoOf } from '../dev/samples';
import { audioSummary, codecName, fpsText, reasonExplanation, reasonNames, videoSummary } from './videoText';

test('names codecs as their boxes do', () => {
  expect(codecName('hevc')).toBe('H.265');
  expect(codecName('pcm_alaw')).toBe('G.711 A-law');
  expect(codecName('dirac')).toBe('DIRAC');
});

test('sums up a video', () => {
  expect(videoSummary(videoOf({ codec: 'h264', width: 1920, height: 1080, fps: 25 }))).toBe(
    'H.264, 1920 \u00d7 1080, 25 fps',
  );
  expect(videoSummary(videoOf({ codec: 'hevc', width: 640, height: 360, fps: null }))).toBe(
    'H.265, 640 \u00d7 360',
  );
});

test('shows fractions of a frame rate only where there are some', () => {
  expect(fpsText(29.97002997)).toBe('30 fps');
  expect(fpsText(12.5)).toBe('12.5 fps');
  expect(fpsText(null)).toBeNull();
});

test('sums up audio', () => {
  expect(audioSummary(null)).toBe('No audio');
  expect(audioSummary({ codec: 'pcm_mulaw', sampleRate: 8000, channels: 1 })).toBe(
    'G.711 \u00b5-law, 8 kHz, mono',
  );
  expect(audioSummary({ codec: 'aac', sampleRate: 44100, channels: 2 })).toBe('AAC, 44.1 kHz, 2 channels');
});

test('says what is converted and why', () => {
  const video = videoOf({ codec: 'h264', pixelFormat: 'yuv422p' });
  expect(reasonNames(['b_frames', 'chroma'], video)).toBe('B-frames, colour format yuv422p');
  expect(reasonNames(['codec'], videoOf({ codec: 'hevc' }))).toBe('H.265');
  expect(reasonNames(['codec', 'chroma'], null)).toBe('codec, colour format');
  expect(reasonExplanation('codec', videoOf({ codec: 'hevc' }))).toContain('H.265');
});
