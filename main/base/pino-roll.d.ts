declare module 'pino-roll' {
  interface Options {
    file: string;
    extension?: string;
    frequency?: 'daily' | 'hourly' | number;
    /** Of the day, in the name of the file. */
    dateFormat?: string;
    size?: string | number;
    mkdir?: boolean;
    /** Bytes that are waited for before writing. */
    minLength?: number;
    /** Bytes that may wait to be written; later lines are dropped. */
    maxLength?: number;
    limit?: { count: number; removeOtherLogFiles?: boolean };
  }

  interface RollingFile {
    /** @throws RangeError when the file could not be opened */
    write(line: string): boolean;
    flush(done: (error?: Error) => void): void;
    end(): void;
    on(event: 'error', listener: (error: Error) => void): this;
  }

  export default function build(options: Options): Promise<RollingFile>;
}
