import type { HandlerContext, HandlersFor } from './context';

export function recordingHandlers({
  kernel: { recording, outlook },
}: HandlerContext): HandlersFor<'recordings'> {
  return {
    'recordings.outlook': () => outlook.get(),
    'recordings.dates': (request) => recording.dates(request),
    'recordings.segments': (request) => recording.segments(request),
  };
}
