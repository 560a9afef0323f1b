import type { Kernel } from '../../kernel/kernel';
import type { AlertSources } from './alerts';

/** What the alerts need, from the kernel that runs. */
export function alertSources({
  ingest,
  recording,
  cameras,
}: Pick<Kernel, 'ingest' | 'recording' | 'cameras'>): AlertSources {
  return {
    statuses: () => ingest.statuses(),
    shallRecord: (cameraId) => recording.isRecording(cameraId),
    onStatus: (listener) => ingest.onStatus(listener),
    onCamerasChanged: (listener) => cameras.onChanged(listener),
    recordingsSpace: () => recording.space(),
    refusedSweep: () => recording.refusedSweep(),
  };
}
