import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { InferenceSession } from 'onnxruntime-node';
import * as ort from 'onnxruntime-node';
import type { DeviceReport } from '../../../contract/inference/control';
import type { DeviceName, ModelManifest } from '../../../contract/inference/manifest';
import type { DeviceAttempt, FailedAttempt } from './device';
import { planDevices, reportDevice } from './device';

/** Our names of onnxruntime's providers. */
const PROVIDER: Readonly<Record<DeviceName, string>> = {
  cpu: 'cpu',
  cuda: 'cuda',
  tensorrt: 'tensorrt',
  directml: 'dml',
  coreml: 'coreml',
  webgpu: 'webgpu',
};

/** Providers that are libraries of their own, which may or may not lie beside onnxruntime. */
const LIBRARY: Partial<Record<DeviceName, string>> = {
  cuda: 'libonnxruntime_providers_cuda.so',
  tensorrt: 'libonnxruntime_providers_tensorrt.so',
};

/** Devices whose provider is there: part of this build, or its library lies beside it (W-47). */
function availableDevices(): DeviceName[] {
  const bundled = new Map(ort.listSupportedBackends().map(({ name, bundled: inside }) => [name, inside]));
  return (Object.keys(PROVIDER) as DeviceName[]).filter((device) => {
    const inside = bundled.get(PROVIDER[device]);
    return inside === true || (inside === false && libraryExists(LIBRARY[device]));
  });
}

function libraryExists(name: string | undefined): boolean {
  if (name === undefined) return false;
  const folder = path.dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'));
  return existsSync(path.join(folder, 'bin/napi-v6', process.platform, process.arch, name));
}

export interface OpenedSession {
  readonly session: InferenceSession;
  readonly device: DeviceReport;
}

/**
 * Opens a session on the first device that works. Weights are data: an ONNX graph is interpreted, never executed
 * as a program (W-49).
 * @throws NoDeviceError
 */
export async function openSession(weights: Uint8Array, manifest: ModelManifest): Promise<OpenedSession> {
  const plan = planDevices(manifest, availableDevices(), process.platform);
  const failed: FailedAttempt[] = [];
  for (const attempt of plan.attempts) {
    try {
      const session = await ort.InferenceSession.create(weights, sessionOptions(attempt, manifest.threads));
      return { session, device: reportDevice(plan, failed, attempt) };
    } catch (error) {
      failed.push({ ...attempt, reason: firstLine(error) });
    }
  }
  // Throws: nothing worked.
  reportDevice(plan, failed, null);
  throw new Error('unreachable');
}

function sessionOptions({ device, index }: DeviceAttempt, threads: number): InferenceSession.SessionOptions {
  const name = PROVIDER[device];
  const provider = index > 0 || device === 'cuda' || device === 'directml' ? { name, deviceId: index } : name;
  return {
    executionProviders: [provider],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    // Threads that spin take the cores from video: five times slower inference was measured beside it.
    extra: { session: { intra_op: { allow_spinning: '0' }, inter_op: { allow_spinning: '0' } } },
    logSeverityLevel: 3,
  };
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0]?.slice(0, 300) ?? '';
}
