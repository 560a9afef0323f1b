export interface AddressParts {
  /** Host and port; with the scheme where it is not plain `rtsp`. */
  readonly host: string;
  /** Path and query; empty when there are none. */
  readonly rest: string;
}

/** Splits an address for two lines of a table; nothing of it is lost. */
export function addressParts(address: string): AddressParts {
  const match = /^(rtsps?:\/\/)?([^/?#]*)(.*)$/i.exec(address);
  if (match === null) return { host: address, rest: '' };
  const [, scheme = '', host = '', rest = ''] = match;
  return { host: scheme.toLowerCase() === 'rtsp://' ? host : scheme + host, rest: rest === '/' ? '' : rest };
}
