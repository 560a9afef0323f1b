import { streamFaultCode } from '../../../contract/devices';
import { bulkChange, createMany } from '../../kernel/cameras/bulk';
import { isoFromUs } from '../../kernel/media/instants';
import type { CameraFaultRow } from '../../store/types';
import { saveListTemplate } from '../cameraListTemplate';
import type { HandlerContext, HandlersFor } from './context';

export function deviceHandlers(context: HandlerContext): HandlersFor<'devices'> {
  const {
    kernel: { cameras, faults },
    dialogs,
    log,
  } = context;
  return {
    'devices.list': (request) => cameras.list(request),
    'devices.get': (request) => cameras.get(request.id),
    'devices.last-fault': async (request) => ({ fault: faultOf(await faults.last(request.id)) }),
    'devices.create': (request) => cameras.create(request),
    'devices.create-many': async (request) => ({ results: await createMany(cameras, request, log) }),
    'devices.save-template': async () => ({ file: await saveListTemplate(dialogs) }),
    'devices.bulk': async (request) => ({ results: await bulkChange(cameras, request, log) }),
    'devices.update': (request) => cameras.update(request),
    'devices.delete': async (request) => {
      await cameras.delete(request.id);
      return {};
    },
    'devices.validate': (request) => cameras.validate(request),
    'devices.start-stream': (request) => cameras.startStream(request.id),
    'devices.stop-stream': (request) => cameras.stopStream(request.id),
  };
}

function faultOf(row: CameraFaultRow | null) {
  const code = streamFaultCode.safeParse(row?.code);
  if (row === null || !code.success) return null;
  return {
    code: code.data,
    since: isoFromUs(row.sinceUs),
    until: row.untilUs === null ? null : isoFromUs(row.untilUs),
  };
}
