import { messageOf, VasError } from '../../base/errors';
import { readLicences } from '../../settings/licences';
import type { HandlerContext, HandlersFor } from './context';

export function aboutHandlers(context: HandlerContext): HandlersFor<'about'> {
  return {
    'about.licences': async () => ({ components: await readLicences(context.licencesFile) }),
    'about.show-data-folder': async () => {
      try {
        await context.dialogs.showFolder(context.dataDir);
      } catch (cause) {
        throw new VasError(
          'unavailable',
          `The desktop cannot show the folder (${messageOf(cause)}). It is ${context.dataDir}.`,
          { cause },
        );
      }
      return {};
    },
  };
}
