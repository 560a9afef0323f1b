declare module 'pino-roll' {
  import type { DestinationStream } from 'pino';

  interface Options {
    file: string;
    extension?: string;
    frequency?: 'daily' | 'hourly' | number;
    size?: string | number;
    mkdir?: boolean;
    limit?: { count: number };
  }

  export default function build(options: Options): Promise<DestinationStream>;
}
