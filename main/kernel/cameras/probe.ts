import type { ProbeReport } from '../../../contract';
import type { ProbeOptions } from '../ingest/probe';
import { probeEndpoint } from '../ingest/probe';
import type { StreamEndpoint, StreamFault } from '../streams';
import { transcodeReasons } from '../streams';

/** A person waits for this probe and wants to know the group of pictures: it may look longer, in seconds. */
const MEASURE_SECONDS = 5;

/** What to do about a fault, for the person who typed the address. */
function advice(fault: StreamFault, endpoint: StreamEndpoint): string {
  const { host, protocol } = new URL(endpoint.url);
  switch (fault.code) {
    case 'unreachable':
      if (/resolve|not known/i.test(fault.detail))
        return `The name ${host} is not known in this network. Check the spelling, or use the IP address of the camera.`;
      if (/refused/i.test(fault.detail))
        return `${host} refused the connection. Check the port, and that RTSP is switched on in the camera.`;
      return `${host} cannot be reached. Check the address, the cable and the network.`;
    case 'no_answer':
      return `${host} took the connection but sent no video in time. Check that this is the RTSP port; the camera may be starting or overloaded.`;
    case 'unauthorized':
      return endpoint.credentials
        ? 'The camera refused user or password. Check both; some cameras block after several wrong attempts.'
        : 'The camera asks for a user and a password. Enter both.';
    case 'not_found':
      return 'The camera answers but does not know this path. Look the stream address up in its manual.';
    case 'unsupported':
      if (/461|Protocol not supported/i.test(fault.detail))
        return `The camera does not offer ${endpoint.transport.toUpperCase()}. Choose ${endpoint.transport === 'tcp' ? 'UDP' : 'TCP'} as transport.`;
      if (/453|503/.test(fault.detail))
        return 'The camera takes no more connections. Close other viewers or recorders of this camera.';
      if (/TLS/i.test(fault.detail) || protocol === 'rtsps:')
        return `${host} does not speak RTSP over TLS here. Check the port, or use rtsp:// instead of rtsps://.`;
      if (/no video|matches no streams/i.test(fault.detail)) return 'This address has no video.';
      return `What answers at ${host} is no video stream that can be used (${fault.detail}). Check port and path.`;
    case 'connection_lost':
      return 'The camera closed the connection. Try again; it may take only a few viewers.';
    case 'no_credentials':
      return 'The stored password cannot be read. Enter it again.';
    case 'stalled':
    case 'storage':
    case 'internal':
      return `The camera could not be examined: ${fault.detail}`;
  }
}

/**
 * Connects to one address of a camera and says what was found, for the form that adds cameras.
 * @throws VasError invalid when address or credentials cannot be used as they are, unavailable without FFmpeg
 */
export async function probeStream(endpoint: StreamEndpoint, options: ProbeOptions): Promise<ProbeReport> {
  const result = await probeEndpoint(endpoint, { measureSeconds: MEASURE_SECONDS, ...options });
  const common = { rtsp_url: endpoint.url, elapsed_ms: Math.round(result.elapsedMs) };
  if (!result.ok)
    return { valid: false, ...common, code: result.fault.code, error: advice(result.fault, endpoint) };
  return {
    valid: true,
    ...common,
    info: result.info,
    transcode_reasons: transcodeReasons(result.info.video),
  };
}
