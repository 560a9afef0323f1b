import { expect, it, vi } from 'vitest';
import type { Device, StreamState } from '../../contract';
import { SimulatedClock } from '../../main/base/simulatedClock';
import { activityOf } from './activity';

const calls = vi.hoisted(() => ({ images: [] as string[], tips: [] as string[], menus: 0, destroyed: 0 }));

vi.mock('electron', () => {
  class Tray {
    constructor(image: { state: string }) {
      calls.images.push(image.state);
    }
    on() {
      return this;
    }
    setImage(image: { state: string }) {
      calls.images.push(image.state);
    }
    setToolTip(text: string) {
      calls.tips.push(text);
    }
    setContextMenu() {
      calls.menus++;
    }
    destroy() {
      calls.destroyed++;
    }
  }
  const createEmpty = () => {
    const image = {
      state: '',
      addRepresentation: ({ buffer }: { buffer: string }) => void (image.state = buffer),
    };
    return image;
  };
  const createFromPath = (file: string) => ({ toPNG: () => /(\w+)-\d+\.png$/.exec(file)?.[1] ?? '' });
  return { Tray, nativeImage: { createEmpty, createFromPath }, Menu: { buildFromTemplate: () => ({}) } };
});
const { createTrayIcon } = await import('./tray');

const device = (name: string) => ({ id: name, name, is_active: true, recording: true }) as Device;
const stream = (camera_id: string, isRecorded: boolean) =>
  ({
    ...{ camera_id, role: 'main', recording: isRecorded },
    phase: isRecorded ? 'running' : 'backing-off',
  }) as StreamState;
const activity = (...recorded: boolean[]) =>
  activityOf(
    recorded.map((_, index) => device(String(index))),
    recorded.map((isRecorded, index) => stream(String(index), isRecorded)),
  );

it('is changed only where its colour is another one, at once for the worse and later for the better', async () => {
  const clock = new SimulatedClock();
  const tray = createTrayIcon({ icons: 'icons', clock, onOpen: () => undefined, onQuit: () => undefined });
  tray.show(activity(true, true));
  expect(calls.images).toEqual(['idle', 'recording']);
  // Two cameras go one after the other, and come back, again and again: words follow, the colour is set once.
  for (let times = 0; times < 20; times++) {
    for (const now of [activity(false, true), activity(false, false), activity(true, false)]) tray.show(now);
    tray.show(activity(true, true));
    await clock.advance(4_000);
  }
  expect(calls.images).toEqual(['idle', 'recording', 'attention']);
  expect(calls.tips.at(-1)).toContain('2 cameras');
  expect(calls.tips.length).toBe(1 + 20 * 4);
  await clock.advance(5_000);
  expect(calls.images).toEqual(['idle', 'recording', 'attention', 'recording']);
  tray.show(activity(false, true));
  tray.show(activity(true, true));
  tray.show(activityOf([], []));
  expect(calls.images.slice(4), 'nothing to record is told at once').toEqual(['attention', 'idle']);
  void tray.dispose();
  await clock.advance(60_000);
  expect(calls.images.length).toBe(6);
  expect(calls.destroyed).toBe(1);
});
