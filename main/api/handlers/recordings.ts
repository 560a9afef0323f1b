import type { HandlerContext, HandlersFor } from './context';

export function recordingHandlers({ kernel: { recording } }: HandlerContext): HandlersFor<'recordings'> {
  return {
    'recordings.dates': (request) => recording.dates(request),
    'recordings.segments': (request) => recording.segments(request),
  };
}
