import type { Device, StreamState } from '../../contract';
import type { StreamInfo, VideoInfo } from '../data/videoText';

/** Sample values for tests and for the development harness. */

export function videoOf(change: Partial<VideoInfo> = {}): VideoInfo {
  return {
    codec: 'h264',
    profile: 'High',
    width: 1920,
    height: 1080,
    pixelFormat: 'yuv420p',
    fps: 25,
    hasBFrames: false,
    gopSeconds: 2,
    ...change,
  };
}

export function infoOf(change: Partial<VideoInfo> = {}, audio: StreamInfo['audio'] = null): StreamInfo {
  return { video: videoOf(change), audio };
}

export function deviceOf(id: string, change: Partial<Device> = {}): Device {
  return {
    id,
    name: 'Main gate',
    description: null,
    location: 'Gatehouse',
    rtsp_url: 'rtsp://192.0.2.11:554/stream1',
    sub_rtsp_url: null,
    username: 'viewer',
    has_password: true,
    transport: 'tcp',
    is_active: true,
    recording: true,
    main_info: infoOf(),
    sub_info: null,
    groups: [],
    schedule: null,
    created_at: '2026-01-02T03:04:05.000Z',
    updated_at: '2026-01-02T03:04:05.000Z',
    ...change,
  };
}

export function streamStateOf(cameraId: string, change: Partial<StreamState> = {}): StreamState {
  return {
    camera_id: cameraId,
    role: 'main',
    phase: 'running',
    since: '2026-01-02T03:04:05.000Z',
    fault: null,
    retry_in_ms: null,
    attempts: 0,
    reconnects: 0,
    info: infoOf(),
    producer_id: 'producer',
    transcode_reasons: [],
    recording: true,
    schedule: null,
    ...change,
  };
}
