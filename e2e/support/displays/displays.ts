import path from 'node:path';
import type { LaunchOptions, RunningApp } from '../../app';
import { launchApp } from '../../app';

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A monitor as Electron describes it, as far as the application looks at it. */
export interface TestDisplay {
  readonly id: number;
  readonly label: string;
  readonly bounds: Rectangle;
  readonly workArea: Rectangle;
  readonly size: { readonly width: number; readonly height: number };
}

export function displayAt(id: number, label: string, bounds: Rectangle): TestDisplay {
  return { id, label, bounds, workArea: bounds, size: { width: bounds.width, height: bounds.height } };
}

/** The application on these monitors, which together should lie on the real display. */
export function launchOn(displays: readonly TestDisplay[], options: LaunchOptions): Promise<RunningApp> {
  return launchApp({
    ...options,
    env: { ...options.env, VAS_TEST_DISPLAYS: JSON.stringify(displays) },
    entry: path.join(import.meta.dirname, 'start.cjs'),
  });
}

/** A monitor is taken away or plugged in while the application runs. */
export async function plug(app: RunningApp, displays: readonly TestDisplay[]): Promise<void> {
  await app.electronApp.evaluate((_electron, next) => {
    (globalThis as unknown as { vasTestDisplays: (displays: unknown) => void }).vasTestDisplays(next);
  }, displays);
}
