import type { DeviceReport } from '../../../contract/inference/control';
import type { DeviceName, ModelManifest } from '../../../contract/inference/manifest';

/** One thing to try, in order. */
export interface DeviceAttempt {
  readonly device: DeviceName;
  /** Number of the card, counted from 0. */
  readonly index: number;
}

export interface DevicePlan {
  /** As model.yaml asks, for people. */
  readonly requested: string;
  readonly attempts: readonly DeviceAttempt[];
  /** Why devices were left out before anything was tried. */
  readonly notes: readonly string[];
}

/** No attempt is left: the model must not start (INV-64: only when it insists on a graphics card). */
export class NoDeviceError extends Error {
  override readonly name = 'NoDeviceError';
}

/** Graphics devices that are tried by themselves, best first. WebGPU only on request: it may be software. */
const PREFERRED: Readonly<Record<string, readonly DeviceName[]>> = {
  linux: ['cuda'],
  win32: ['cuda', 'directml'],
  darwin: ['coreml'],
};

/**
 * What to try, from model.yaml and what this build of onnxruntime contains (reference 4.3; W-47: `cuda:1` is cuda,
 * and providers are asked for, not guessed).
 * @param available device names of the providers in this build; cpu is always there
 */
export function planDevices(
  manifest: Pick<ModelManifest, 'device' | 'resource_requirements'>,
  available: readonly DeviceName[],
  platform: string,
): DevicePlan {
  const { gpu_required: gpuRequired, cpu_fallback_allowed: fallback } = manifest.resource_requirements;
  const [name, number] = manifest.device.split(':');
  const index = Number(number ?? 0);
  const automatic = name === 'auto';
  // A model that neither needs a card nor may fall back is meant for the CPU (reference 4.3).
  const wantsCpu = name === 'cpu' || (automatic && !gpuRequired && !fallback);
  if (wantsCpu && gpuRequired)
    return {
      requested: requestText(),
      attempts: [],
      notes: ['gpu_required and device cpu exclude each other'],
    };
  if (wantsCpu) return { requested: 'cpu', attempts: [{ device: 'cpu', index: 0 }], notes: [] };

  const wished = automatic ? (PREFERRED[platform] ?? []) : [name as DeviceName];
  const present = wished.filter((device) => available.includes(device));
  const notes = wished
    .filter((device) => !available.includes(device))
    .map((device) => `${device} is not part of this build of onnxruntime`);
  if (wished.length === 0) notes.push('no graphics device is supported on this platform');
  const attempts = present.map((device) => ({ device, index }));
  if (!gpuRequired && (fallback || automatic)) attempts.push({ device: 'cpu', index: 0 });
  return { requested: requestText(), attempts, notes };

  function requestText(): string {
    return gpuRequired ? `${manifest.device} (graphics card required)` : manifest.device;
  }
}

/** An attempt that failed, with the runtime's reason. */
export interface FailedAttempt extends DeviceAttempt {
  readonly reason: string;
}

/**
 * What to report once an attempt worked.
 * @throws NoDeviceError when none did, saying why each failed
 */
export function reportDevice(
  plan: DevicePlan,
  failed: readonly FailedAttempt[],
  actual: DeviceAttempt | null,
): DeviceReport {
  const reasons = [...plan.notes, ...failed.map(({ device, reason }) => `${device}: ${reason}`)];
  if (!actual)
    throw new NoDeviceError(
      `No device can run this model (it asks for ${plan.requested}): ${reasons.join('; ') || 'none is allowed'}`,
    );
  return {
    requested: plan.requested,
    actual: actual.device,
    why: reasons.length > 0 ? reasons.join('; ') : null,
  };
}
