import { app } from 'electron';

/** Processes that Electron has started, the main one first, for health. */
export function shellProcesses(): { kind: string; pid: number }[] {
  const others = app.getAppMetrics().filter(({ pid }) => pid !== process.pid);
  return [
    { kind: 'main', pid: process.pid },
    ...others.map(({ pid, type, name, serviceName }) => ({
      pid,
      kind:
        type === 'Utility'
          ? (name ?? serviceName ?? 'utility')
          : type === 'Tab'
            ? 'window'
            : type.toLowerCase(),
    })),
  ];
}
