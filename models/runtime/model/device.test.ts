import { describe, expect, it } from 'vitest';
import type { DeviceName } from '../../../contract/inference/manifest';
import { NoDeviceError, planDevices, reportDevice } from './device';

const plan = (
  device: string,
  resources: { gpu?: boolean; fallback?: boolean } = {},
  available: DeviceName[] = ['cpu', 'webgpu'],
  platform = 'linux',
) =>
  planDevices(
    {
      device,
      resource_requirements: {
        gpu_required: resources.gpu ?? false,
        gpu_memory_mb: null,
        cpu_fallback_allowed: resources.fallback ?? true,
      },
    },
    available,
    platform,
  );
const tried = (...args: Parameters<typeof plan>) =>
  plan(...args).attempts.map(({ device, index }) => (index > 0 ? `${device}:${index}` : device));
const all: DeviceName[] = ['cpu', 'cuda', 'tensorrt', 'directml', 'coreml', 'webgpu'];

describe('what is tried', () => {
  it.each([
    ['nothing said, no card', ['auto', {}, ['cpu', 'webgpu'], 'linux'], ['cpu']],
    ['nothing said, a card', ['auto', {}, all, 'linux'], ['cuda', 'cpu']],
    ['on Windows', ['auto', {}, ['cpu', 'directml'], 'win32'], ['directml', 'cpu']],
    ['on Windows with both', ['auto', {}, all, 'win32'], ['cuda', 'directml', 'cpu']],
    ['on a Mac', ['auto', {}, ['cpu', 'coreml'], 'darwin'], ['coreml', 'cpu']],
    ['on an unknown platform', ['auto', {}, all, 'freebsd'], ['cpu']],
    ['a card that must be there', ['auto', { gpu: true, fallback: false }, all, 'linux'], ['cuda']],
    ['neither card nor fallback: the CPU', ['auto', { fallback: false }, all, 'linux'], ['cpu']],
    ['the CPU asked for', ['cpu', {}, all, 'linux'], ['cpu']],
    ['cuda asked for', ['cuda', {}, all, 'linux'], ['cuda', 'cpu']],
    ['the second card (W-47)', ['cuda:1', {}, all, 'linux'], ['cuda:1', 'cpu']],
    ['cuda without fallback', ['cuda', { fallback: false }, all, 'linux'], ['cuda']],
    ['cuda that is not there', ['cuda', {}, ['cpu'], 'linux'], ['cpu']],
    ['cuda that is not there, without fallback', ['cuda', { fallback: false }, ['cpu'], 'linux'], []],
    ['tensorrt', ['tensorrt', {}, all, 'linux'], ['tensorrt', 'cpu']],
    ['directml', ['directml:2', {}, all, 'win32'], ['directml:2', 'cpu']],
    ['coreml', ['coreml', {}, all, 'darwin'], ['coreml', 'cpu']],
    ['webgpu only when asked for', ['webgpu', {}, all, 'linux'], ['webgpu', 'cpu']],
    ['a card required and the CPU asked for', ['cpu', { gpu: true, fallback: false }, all, 'linux'], []],
  ] as [string, Parameters<typeof plan>, string[]][])('%s', (_name, args, expected) => {
    expect(tried(...args)).toEqual(expected);
  });
});

describe('what is reported', () => {
  const cpu = { device: 'cpu', index: 0 } as const;
  const cuda = { device: 'cuda', index: 0 } as const;

  it('is what was asked, what is used, and why they differ', () => {
    expect(reportDevice(plan('auto'), [], cpu)).toEqual({
      requested: 'auto',
      actual: 'cpu',
      why: 'cuda is not part of this build of onnxruntime',
    });
    expect(reportDevice(plan('cuda', {}, all), [{ ...cuda, reason: 'no driver' }], cpu)).toEqual({
      requested: 'cuda',
      actual: 'cpu',
      why: 'cuda: no driver',
    });
    expect(reportDevice(plan('auto', {}, all), [], cuda)).toEqual({
      requested: 'auto',
      actual: 'cuda',
      why: null,
    });
    expect(reportDevice(plan('cpu'), [], cpu)).toEqual({ requested: 'cpu', actual: 'cpu', why: null });
  });

  it('is an error with every reason when nothing works', () => {
    const required = plan('auto', { gpu: true, fallback: false }, all);
    expect(() => reportDevice(required, [{ ...cuda, reason: 'no driver' }], null)).toThrow(NoDeviceError);
    expect(() => reportDevice(required, [{ ...cuda, reason: 'no driver' }], null)).toThrow(
      /required.*no driver/,
    );
  });
});
