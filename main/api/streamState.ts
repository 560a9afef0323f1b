import type { StreamState } from '../../contract';
import type { Kernel } from '../kernel/kernel';
import type { StreamStatus } from '../kernel/streams';
import { cameraIdOf, roleOf, transcodeReasons } from '../kernel/streams';
import { isoFromUs } from '../kernel/media/instants';

/** A stream's status in the words of the contract. */
export function streamState(status: StreamStatus, kernel: Kernel, nowUs: number): StreamState {
  const cameraId = cameraIdOf(status.streamId);
  const role = roleOf(status.streamId);
  return {
    camera_id: cameraId,
    role,
    phase: status.phase,
    since: isoFromUs(status.sinceUs),
    fault: status.fault ? { code: status.fault.code, detail: status.fault.detail } : null,
    retry_in_ms: status.retryAtUs === null ? null : Math.max(0, (status.retryAtUs - nowUs) / 1000),
    attempts: status.attempts,
    reconnects: status.reconnects,
    info: status.info
      ? { video: { ...status.info.video }, audio: status.info.audio ? { ...status.info.audio } : null }
      : null,
    producer_id: kernel.live.producerOf(status.streamId)?.producerId ?? null,
    transcode_reasons: status.info ? transcodeReasons(status.info.video) : [],
    recording: role === 'main' && status.phase === 'running' && kernel.recording.isRecording(cameraId),
    schedule: role === 'main' ? scheduleOf(kernel, cameraId) : null,
  };
}

function scheduleOf(kernel: Kernel, cameraId: string): StreamState['schedule'] {
  const state = kernel.schedule.stateOf(cameraId);
  if (state === null) return null;
  return { off: state.off, until: state.untilMs === null ? null : isoFromUs(state.untilMs * 1000) };
}
