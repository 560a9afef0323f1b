import type { HandlerContext, HandlersFor } from './context';

export function windowHandlers({ windows }: HandlerContext): HandlersFor<'windows'> {
  return {
    'windows.open-wall': (request) => windows.openWall(request),
    'windows.close': (request) => {
      windows.closeWall(request.id);
      return {};
    },
    'windows.set-full-screen': (request, owner) => {
      windows.setFullScreen(owner, request.on);
      return {};
    },
    'windows.show-main': (request) => {
      windows.showMain(request);
      return {};
    },
  };
}
