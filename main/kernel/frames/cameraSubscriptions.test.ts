import { expect, it } from 'vitest';
import { VasError } from '../../base/errors';
import { CameraSubscriptions } from './cameraSubscriptions';

const STOPPED = new VasError('unavailable', 'The camera is stopped. Start it first.');
const WITHOUT = new VasError('not_found', 'This camera has no sub-stream.');
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A camera whose sub-stream can be had unless there is a reason against it. */
function camera(refusal: VasError | null = null) {
  const state = { refusal, held: 0, asked: 0, events: [] as string[] };
  const wishes = new CameraSubscriptions({
    openSub: () => {
      state.asked++;
      if (state.refusal) return Promise.reject(state.refusal);
      state.held++;
      return Promise.resolve({ dispose: () => state.held-- });
    },
    onRole: () => state.events.push(wishes.role),
    onFailure: (error) => state.events.push((error as VasError).kind),
  });
  return { state, wishes };
}

it('is served from the sub-stream once a camera runs that was stopped when the application started', async () => {
  const { state, wishes } = camera(STOPPED);
  wishes.add({ fps: 5, stream: 'sub' });
  await turn();
  expect([wishes.role, state.events]).toEqual(['main', ['unavailable', 'main']]);
  state.refusal = null;
  wishes.cameraChanged();
  // The main stream serves until the other one is there.
  expect(wishes.role).toBe('main');
  await turn();
  expect([wishes.role, state.held]).toEqual(['sub', 1]);
  expect(state.events).toEqual(['unavailable', 'main', 'sub']);
});

it('keeps its place at a camera that is stopped, and holds it once', async () => {
  const { state, wishes } = camera();
  const wish = wishes.add({ fps: 5, stream: 'sub' });
  await turn();
  state.refusal = STOPPED;
  wishes.cameraChanged();
  await turn();
  expect([wishes.role, state.held]).toEqual(['sub', 1]);
  state.refusal = null;
  wishes.cameraChanged();
  await turn();
  expect([wishes.role, state.held, state.events]).toEqual(['sub', 1, []]);
  wishes.remove(wish);
  expect(state.held).toBe(0);
});

it('goes on from the main stream when the camera loses its sub-stream', async () => {
  const { state, wishes } = camera();
  wishes.add({ fps: 5, stream: 'sub' });
  await turn();
  state.refusal = WITHOUT;
  wishes.cameraChanged();
  await turn();
  expect([wishes.role, state.held, state.events]).toEqual(['main', 0, ['not_found', 'main']]);
  wishes.cameraChanged();
  await turn();
  expect(state.events, 'nothing is said twice').toHaveLength(2);
});

it('asks once more when the camera is changed while it is asked', async () => {
  const { state, wishes } = camera(STOPPED);
  wishes.add({ fps: 5, stream: 'sub' });
  wishes.cameraChanged();
  state.refusal = null;
  await turn();
  expect([wishes.role, state.asked, state.held]).toEqual(['sub', 2, 1]);
});

it('does not ask a camera of which nobody wants the sub-stream', async () => {
  const { state, wishes } = camera();
  wishes.cameraChanged();
  wishes.add({ fps: 5 });
  wishes.cameraChanged();
  await turn();
  expect(state.asked).toBe(0);
});
