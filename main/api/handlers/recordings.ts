import { usFromIso } from '../time';
import type { HandlerContext, HandlersFor } from './context';

export function recordingHandlers({ kernel: { recording } }: HandlerContext): HandlersFor<'recordings'> {
  return {
    'recordings.dates': (request) => recording.dates(request.device_id),
    'recordings.segments': (request) =>
      recording.segments({
        deviceId: request.device_id,
        fromUs: usFromIso(request.start),
        toUs: usFromIso(request.end),
        limit: request.limit,
      }),
  };
}
