import { rmSync } from 'node:fs';
import type { Device } from '../contract';
import type { TimelineCamera } from '../contract/playback';
import { playbackActions } from '../renderer/keys/actions/playback';
import type { CameraServer } from '../scripts/cameras/camera';
import { startCameraServer } from '../scripts/cameras/camera';
import type { RunningApp } from './app';
import { launchApp } from './app';
import { expect, finish, observed, temporaryDataDir, test } from './fixtures';
import { whenRunning } from './support/cameras';
import { addClockAndYard, CLOCK_FPS, reopenAtPlayback } from './support/playbackFootage';
import type { PlaybackPage } from './support/playbackPage';
import type { ProcessEntry } from './support/processes';
import { stillRuns } from './support/processes';
import { openScreen } from './support/screens';
import { until } from './support/wait';

/** Footage without a gap, milliseconds; things are so far from its first picture. */
const STRETCH = 24_000;
const EVENT_AT = 8_000;
/** Motion is known for whole seconds, so that it reaches beyond what was searched. */
const MOTION = [12_000, 16_000] as const;
const BOOKMARK_AT = 18_000;
const LOCK = [3_000, 5_000] as const;

/** Footage in two stretches of a camera with a burnt-in clock and of one that sends H.265. */
test.describe.serial('marks, keys and tiles of the Playback screen', () => {
  let server: CameraServer;
  let dataDir: string;
  let app: RunningApp;
  let playback: PlaybackPage;
  let clock: Device;
  let yard: Device;
  let first = 0;
  let earliest = 0;
  let last = 0;
  let gap: { from: number; to: number };
  const page = () => app.page;
  const instant = (at: number) => new Date(at).toISOString();
  const line = async (): Promise<TimelineCamera | null> => {
    const { cameras } = await app.vas.query('playback.timeline', {
      ...{ camera_ids: [clock.id], pixels: 8000 },
      ...{ start: instant(Date.now() - 900_000), end: instant(Date.now()) },
    });
    return cameras[0] ?? null;
  };
  /** Records both cameras until the first has this much footage in a stretch of its own. */
  const record = async (ms: number) => {
    const { recorded: before } = (await line()) ?? { recorded: [] };
    for (const { id } of [clock, yard]) await app.vas.command('devices.start-stream', { id });
    for (const { id } of [clock, yard]) await whenRunning(app, id);
    await until(
      `${String(ms)} ms of footage`,
      async () => {
        const { recorded } = (await line()) ?? { recorded: [] };
        const [from, to] = recorded.at(-1) ?? [0, 0];
        return recorded.length > before.length && to - from > ms;
      },
      { timeoutMs: 120_000, everyMs: 500 },
    );
    for (const { id } of [clock, yard]) await app.vas.command('devices.stop-stream', { id });
  };

  test.beforeAll(async () => {
    test.setTimeout(360_000);
    server = await startCameraServer();
    dataDir = await temporaryDataDir();
    app = await launchApp({ dataDir });
    const cameras = await addClockAndYard(app, server, { start: false });
    ({ clock, yard } = cameras);
    await record(STRETCH);
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    await record(12_000);
    // A starved camera may have been lost once or twice besides.
    const recorded = await until('two stretches', async () => {
      const found = (await line())?.recorded ?? [];
      return found.length >= 2 ? found : null;
    });
    const long = recorded.findIndex(([from, to]) => to - from > STRETCH);
    const [from, to] = recorded[long] ?? [0, 0];
    first = from;
    gap = { from: to, to: recorded[long + 1]?.[0] ?? 0 };
    earliest = recorded[0]?.[0] ?? 0;
    last = recorded.at(-1)?.[1] ?? 0;
    expect(gap.to - gap.from, 'a gap behind a long stretch').toBeGreaterThan(2000);
    await cameras.source.stop();
    observed(
      `footage of ${String(Math.round(last - first))} ms with a gap of ${String(Math.round(gap.to - gap.from))} ms`,
    );
    await app.vas.command('bookmarks.capture-historical', {
      ...{ device_id: clock.id, center_timestamp: instant(first + BOOKMARK_AT), duration: 2 },
    });
    ({ app, playback } = await reopenAtPlayback(app, { dataDir, cameraId: clock.id, at: first + EVENT_AT }));
  });

  test.afterAll(async () => {
    await finish(app, test.info());
    rmSync(dataDir, { recursive: true, force: true });
    await server.stop();
  });

  /** Marks a range with the keys. */
  const markRange = async (from: number, to: number) => {
    await playback.goTo(from);
    await page().keyboard.press('i');
    await playback.goTo(to);
    await page().keyboard.press('o');
    await expect(page().getByTestId('playback-range')).toBeVisible();
  };

  const unmark = async () => {
    await page().getByTestId('playback-range').getByRole('button', { name: 'Clear marked range' }).click();
    await expect(page().getByTestId('playback-range')).toHaveCount(0);
  };

  test('what is locked and where motion was found is marked as soon as it is known', async () => {
    await playback.goTo(first + 10_000);
    await playback.zoomTo(60_000, first + 20_000);
    const middle = (span: readonly [number, number]) => first + (span[0] + span[1]) / 2;
    expect(await playback.marksAt(middle(LOCK))).not.toContain('lock');
    await playback.tile(clock).click();
    await markRange(first + LOCK[0], first + LOCK[1]);
    await page().getByTestId('playback-range').getByRole('button', { name: 'Lock', exact: true }).click();
    await page().getByRole('dialog').getByRole('textbox', { name: 'Reason' }).fill('theft');
    await page().keyboard.press('Enter');
    await expect(page().getByRole('dialog')).toBeHidden();
    // A marked range tints what lies below it.
    await unmark();
    await expect.poll(() => playback.marksAt(middle(LOCK))).toContain('lock');

    expect(await playback.marksAt(middle(MOTION))).not.toContain('motion');
    // A ball crosses the picture of this one; what changes everywhere, as the clock does, is no motion.
    await markRange(first + MOTION[0], first + MOTION[1]);
    await playback.tile(yard).getByRole('button', { name: 'Search for motion' }).click();
    const panel = page().getByTestId('motion-panel');
    await panel.getByText('Whole', { exact: true }).click();
    await panel.getByRole('button', { name: 'Search', exact: true }).click();
    await expect(page().getByTestId('motion-progress')).toHaveAttribute('data-state', 'done', {
      timeout: 60_000,
    });
    await expect(page().getByTestId('motion-result').first()).toBeVisible();
    await unmark();
    await expect.poll(() => playback.marksAt(middle(MOTION))).toContain('motion');
    await page().getByRole('button', { name: 'Close motion search' }).click();
  });

  test('each mark is drawn where it belongs and nowhere else, and named under the pointer', async () => {
    await playback.goTo(first + 1_000);
    await playback.zoomTo(60_000, first + 20_000);
    const moments = {
      recorded: first + 6_500,
      event: first + EVENT_AT,
      motion: first + (MOTION[0] + MOTION[1]) / 2,
      bookmark: first + BOOKMARK_AT,
      lock: first + (LOCK[0] + LOCK[1]) / 2,
      gap: (gap.from + gap.to) / 2,
    };
    // In a gap there is the empty row, and nothing else.
    await expect.poll(() => playback.marksAt(moments.gap)).toEqual(['row']);
    const card = page().getByTestId('timeline-hover');
    for (const mark of ['recorded', 'event', 'motion', 'bookmark', 'lock'] as const) {
      for (const [where, at] of Object.entries(moments)) {
        const seen = await playback.marksAt(at);
        if (where === mark || (mark === 'recorded' && where !== 'gap'))
          expect(seen, `${mark} at ${where}`).toContain(mark);
        else expect(seen, `${mark} at ${where}`).not.toContain(mark);
      }
    }
    for (const [where, text] of [
      ['recorded', /Recorded by 2 of 2/],
      ['event', /Event/],
      ['motion', /Motion/],
      ['bookmark', /Bookmark/],
      ['lock', /Locked/],
      ['gap', /No recording/],
    ] as const) {
      const { x, y } = await playback.pointAt(moments[where]);
      await page().mouse.move(x, y);
      await expect(card, where).toContainText(text);
      if (where !== 'gap') await expect(card).not.toContainText('No recording');
    }
    const legend = page().getByRole('list', { name: 'Colours of the time line' });
    for (const text of ['Recorded', 'Motion', 'Event', 'Bookmark', 'Locked'])
      await expect(legend).toContainText(text);
  });

  test('every key of the sheet does what the sheet says', async () => {
    test.setTimeout(240_000);
    const driven = new Set<string>();
    const drive = async (
      action: keyof typeof playbackActions,
      key: string,
      proof: () => Promise<unknown>,
    ) => {
      await page().keyboard.press(key);
      await test.step(`${key}: ${action}`, proof);
      driven.add(action);
    };
    const rate = page().locator('.playback-position-rate');
    const says = (text: string) => () => expect(rate).toHaveText(text);
    const movesBy = async (action: keyof typeof playbackActions, key: string, by: number) => {
      const from = await playback.position();
      await drive(action, key, () =>
        expect
          .poll(async () => Math.abs((await playback.position()) - from - by), { message: key })
          .toBeLessThan(150),
      );
    };
    await playback.goTo(first + 10_000);
    await playback.rate.selectOption('1');
    // With the focus on a tile keys are the screen's; on the time line they are a slider's, and do the same.
    for (const focused of [playback.tile(clock), playback.timeline]) {
      await focused.focus();
      await movesBy('playback.later', 'ArrowRight', 5_000);
      await movesBy('playback.earlier', 'ArrowLeft', -5_000);
      await movesBy('playback.minute-earlier', 'Shift+ArrowLeft', -60_000);
      await movesBy('playback.minute-later', 'Shift+ArrowRight', 60_000);
      await drive('playback.first', 'Home', () =>
        expect.poll(async () => Math.abs((await playback.position()) - earliest)).toBeLessThan(1_500),
      );
      await drive('playback.last', 'End', () =>
        expect
          .poll(async () => last - (await playback.position()), { message: 'shortly before the end' })
          .toBeLessThan(4_000),
      );
      expect(await playback.position()).toBeLessThan(last);
    }
    await playback.goTo(first + 10_000);

    const length = async () => {
      const { from, to } = await playback.view();
      return to - from;
    };
    for (const [inward, outward] of [
      ['+', '-'],
      ['=', '-'],
      ['ArrowUp', 'ArrowDown'],
    ] as const) {
      const whole = await length();
      await drive('playback.zoom-in', inward, () => expect.poll(length).toBeLessThan(whole * 0.6));
      await drive('playback.zoom-out', outward, () => expect.poll(length).toBeGreaterThan(whole * 0.9));
    }

    // Each press is faster, up to the fastest; the other direction begins anew.
    await playback.tile(clock).focus();
    for (const text of ['1x', '2x', '4x', '8x', '16x', '16x'])
      await drive('playback.forward', 'l', says(text));
    for (const text of ['-1x', '-2x', '-4x', '-8x', '-16x', '-16x'])
      await drive('playback.reverse', 'j', says(text));
    await drive('playback.toggle', 'k', says('Paused'));
    await drive('playback.toggle', 'Space', says('-16x'));
    await drive('playback.toggle', 'Space', says('Paused'));
    await playback.rate.selectOption('1');
    await playback.tile(clock).focus();
    for (const value of ['0.5', '0.25', '0.25'])
      await drive('playback.slower', 'Shift+ArrowDown', () => expect(playback.rate).toHaveValue(value));
    for (const value of ['0.5', '1', '2', '4', '8', '16', '16'])
      await drive('playback.faster', 'Shift+ArrowUp', () => expect(playback.rate).toHaveValue(value));
    await playback.rate.selectOption('1');

    await playback.goTo(first + 10_000);
    await playback.shows(clock, first + 10_000, 1_500);
    const stood = await playback.position();
    const frame = 1000 / CLOCK_FPS;
    await drive('playback.step-on', '.', () =>
      expect.poll(async () => (await playback.position()) - stood).toBeGreaterThan(0),
    );
    const stepped = await playback.position();
    expect(stepped - stood, 'one picture, or two of a busy camera').toBeLessThanOrEqual(3 * frame + 100);
    await drive('playback.step-back', ',', () =>
      expect.poll(async () => (await playback.position()) - stepped).toBeLessThan(0),
    );
    expect(stepped - (await playback.position())).toBeLessThanOrEqual(3 * frame + 100);

    const range = page().getByTestId('playback-range');
    await drive('playback.mark-in', 'i', () => expect(range).toContainText('Marked from'));
    await page().keyboard.press('ArrowRight');
    await drive('playback.mark-out', 'o', () => expect(range).toContainText('0:05'));
    await drive('playback.clear-marks', 'x', () => expect(range).toHaveCount(0));

    await drive('playback.go-to', 'g', () => expect(page().getByTestId('playback-goto')).toBeFocused());
    await playback.tile(clock).focus();
    const sound = page().getByTestId('playback-sound-button');
    await drive('playback.sound', 'm', () => expect(sound).toHaveAttribute('aria-pressed', 'true'));
    await drive('playback.sound', 'm', () => expect(sound).toHaveAttribute('aria-pressed', 'false'));
    const panel = page().getByTestId('motion-panel');
    await drive('playback.motion-search', 'Shift+M', () => expect(panel).toContainText('Clock'));
    await drive('playback.motion-search', 'Shift+M', () => expect(panel).toHaveCount(0));
    const width = async () => (await playback.tile(clock).boundingBox())?.width ?? 0;
    const small = await width();
    await drive('playback.full', 'f', () => expect.poll(width).toBeGreaterThan(small * 1.4));
    await drive('playback.full', 'f', () => expect.poll(width).toBeLessThan(small * 1.1));
    await page().keyboard.press('f');
    await expect.poll(width).toBeGreaterThan(small * 1.4);
    await drive('playback.leave-full', 'Escape', () => expect.poll(width).toBeLessThan(small * 1.1));
    const at = await playback.position();
    await drive('playback.snapshot', 's', () =>
      expect(page().getByText('The snapshot has been saved')).toBeVisible({ timeout: 30_000 }),
    );
    const { snapshots } = await app.vas.query('snapshots.list', {});
    expect(snapshots[0]?.device_id).toBe(clock.id);
    expect(Math.abs(Date.parse(snapshots[0]?.timestamp ?? '') - at)).toBeLessThan(2 * frame + 100);
    await drive('playback.live', 'Shift+L', () =>
      expect(page().getByRole('heading', { name: 'Live', exact: true })).toBeVisible(),
    );
    await openScreen(app, 'Playback');
    expect([...driven].sort()).toEqual(Object.keys(playbackActions).sort());
  });

  /** The FFmpeg that converts chunks of H.265 for the page. */
  const converting = (): ProcessEntry[] =>
    app.family().filter((one) => /pipe:0 .*libx264 .*-tune zerolatency/.test(one.commandLine));
  /** Catches a conversion and makes it hang, so that only somebody who ends it does. */
  const caught = async (): Promise<ProcessEntry> => {
    await expect(playback.tile(yard)).toBeVisible();
    let turn = 0;
    const one = await until(
      'a conversion runs',
      async () => {
        const [running] = converting();
        if (running !== undefined) {
          process.kill(running.pid, 'SIGSTOP');
          // It may have been over already.
          if (stillRuns(running)) return running;
        }
        // Elsewhere, where nothing is converted yet.
        if (turn++ % 40 === 0) await playback.typeMoment(first + ((turn * 7) % 20) * 1000);
        return null;
      },
      { timeoutMs: 60_000, everyMs: 10 },
    );
    expect(converting().length, 'conversions at a time').toBeLessThanOrEqual(2);
    const { processes } = await app.vas.query('health.get', {});
    observed(`Health lists ${processes.map(({ kind }) => kind).join(', ')}`);
    expect(processes.some(({ pid }) => pid === one.pid)).toBe(true);
    return one;
  };

  test('H.265 is converted while it is watched; another camera in its tile ends that', async () => {
    // A camera that is already shown would change places with it.
    await playback.tile(clock).getByRole('button', { name: 'Remove camera from tile' }).click();
    const one = await caught();
    // A conversion that hangs would be given up after twenty seconds; this must be sooner.
    await playback.tile(yard).focus();
    const list = page().locator('.camera-list');
    await list.getByRole('option', { name: /Clock/ }).focus();
    await page().keyboard.press('Enter');
    await expect(playback.tile(yard)).toHaveCount(0);
    await until('the conversion is ended', () => !stillRuns(one), { timeoutMs: 8_000 });
    await until('no conversion is left', () => converting().length === 0, { timeoutMs: 8_000 });
    const { processes } = await app.vas.query('health.get', {});
    expect(processes.some(({ pid }) => pid === one.pid)).toBe(false);
    await list.getByRole('option', { name: /Yard/ }).focus();
    await page().keyboard.press('Enter');
  });

  test('removing the tile, and leaving the screen, end the conversion too', async () => {
    const removed = await caught();
    await playback.tile(yard).getByRole('button', { name: 'Remove camera from tile' }).click();
    await until('the conversion is ended with its tile', () => !stillRuns(removed), { timeoutMs: 8_000 });
    await page().locator('.camera-list').getByRole('option', { name: /Yard/ }).focus();
    await page().keyboard.press('Enter');
    const left = await caught();
    await page().getByRole('button', { name: 'Live', exact: true }).click();
    await expect(page().getByRole('heading', { name: 'Live', exact: true })).toBeVisible();
    await until('the conversion is ended with the screen', () => !stillRuns(left), { timeoutMs: 8_000 });
  });
});
