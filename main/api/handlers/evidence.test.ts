import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EvidenceExport } from '../../../contract/evidence';
import { silentLogger } from '../../base/logger';
import { evidenceWorkstation } from '../../evidence/testing/workstation';
import { makeNumberedVideo } from '../../kernel/media/testing/numbered';
import { CAMERA, OTHER_CAMERA } from '../../kernel/recording/testing/workstation';
import type { Operator } from '../../users/operator';
import { cameraFinder } from '../access/finder';
import { Guard } from '../access/guard';
import { operatorOf } from '../access/testing';
import type { Handlers, Subscriptions } from '../api';
import { createApi } from '../api';
import type { HandlerContext } from './context';
import { evidenceHandlers } from './evidence';

let folder: string;
let video: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vas-evidence-rights-'));
  video = path.join(folder, 'video.mp4');
  await makeNumberedVideo(video, { seconds: 12, gop: 25, size: '640x360' });
});

afterAll(() => rm(folder, { recursive: true }));

const watches = ['live', 'playback'] as const;
const exports = [...watches, 'export'] as const;

/** Whoever may export from every camera of a package may stop it and go on with it. */
const allowed = [
  operatorOf('administrator', undefined, 'Administrator'),
  operatorOf('operator', undefined, 'Operator'),
  operatorOf('operator', { [CAMERA]: exports }, 'Operator of this camera'),
  operatorOf('viewer', { [CAMERA]: exports }, 'Viewer who may export from this camera'),
];
const refused: readonly (readonly [Operator, 'right' | 'camera'])[] = [
  [operatorOf('viewer', undefined, 'Viewer'), 'right'],
  [operatorOf('viewer', { [CAMERA]: watches }, 'Viewer of this camera'), 'right'],
  [operatorOf('viewer', { [CAMERA]: watches, [OTHER_CAMERA]: exports }, 'Viewer of both'), 'camera'],
  [operatorOf('viewer', { [OTHER_CAMERA]: exports }, 'Viewer of another camera'), 'camera'],
  [operatorOf('operator', { [OTHER_CAMERA]: exports }, 'Operator of another camera'), 'camera'],
  [operatorOf('operator', { [CAMERA]: watches }, 'Operator who may not export'), 'camera'],
];

/** The real service behind the real guard, with the real audit log. */
async function officeOf() {
  const at = await evidenceWorkstation(video);
  const { session, audit, store } = at;
  const guard = new Guard({
    ...{ session, audit },
    find: cameraFinder(store, {} as never, {} as never, at.evidence),
  });
  const api = createApi({
    handlers: evidenceHandlers({ evidence: at.evidence } as HandlerContext) as Handlers,
    subscriptions: {
      'evidence.exports': (_request: unknown, push: (value: never) => void) =>
        at.evidence.subscribe(push as never),
    } as unknown as Subscriptions,
    ...{ guard, session },
    closeOwner: () => undefined,
    log: silentLogger(),
  });
  /** @returns 200, or the code of the refusal */
  const as = async (
    who: Operator | null,
    name: 'evidence.cancel' | 'evidence.resume' | 'evidence.discard',
    id: string,
  ): Promise<unknown> => {
    session.become(who);
    const reply = await api.call('window', 'command', name, { id });
    if (reply.ok) return 200;
    return reply.error.status === 403 ? (reply.error.details as { code: string }).code : reply.error.status;
  };
  const seenBy = (who: Operator): readonly EvidenceExport[] => {
    session.become(who);
    let seen: readonly EvidenceExport[] = [];
    api.subscribe('evidence.exports', {}, (value) => {
      seen = (value as { exports: readonly EvidenceExport[] }).exports;
    })();
    return seen;
  };
  /** What the audit log says about a package, oldest first. */
  const log = async (id: string) =>
    (await store.read.listAudit({ limit: 100, ascending: true }))
      .filter(({ objectId }) => objectId === id)
      .map(({ action, outcome, userName, cameras, detail }) => ({
        ...{ action: action.replace('evidence.', ''), outcome, userName },
        cameras: JSON.parse(cameras) as string[],
        state: (JSON.parse(detail) as { state?: string }).state,
      }));
  return { at, session, as, seenBy, log };
}

describe('an evidence package of one camera', () => {
  it('is stopped and resumed by whoever may export from that camera; others are refused, and written down', async () => {
    const { at, as, seenBy, log, session } = await officeOf();
    session.become(operatorOf('operator', undefined, 'Robin'));
    const id = await at.start({ ...at.both, rendition: 'burnt-in' });
    for (const action of ['evidence.cancel', 'evidence.resume', 'evidence.discard'] as const) {
      for (const [who, code] of refused)
        expect(await as(who, action, id), `${who.name}: ${action}`).toBe(code);
      expect(await as(null, action, id)).toBe('sign_in');
    }
    expect(at.state(id)?.state, 'nothing was stopped').toBe('running');
    for (const [who] of refused) expect(seenBy(who), who.name).toEqual([]);

    for (const who of allowed) {
      expect(seenBy(who).map((one) => one.id)).toEqual([id]);
      expect(await as(who, 'evidence.cancel', id), who.name).toBe(200);
      expect(await at.over(id)).toMatchObject({ state: 'cancelled' });
      for (const [other, code] of refused) expect(await as(other, 'evidence.resume', id)).toBe(code);
      expect(at.state(id)?.state).toBe('cancelled');
      expect(await as(who, 'evidence.resume', id), who.name).toBe(200);
      expect(at.state(id)?.state).toBe('running');
    }
    expect(await at.over(id)).toMatchObject({ state: 'done', files: 2 });

    // What came of it is written after it is over.
    await expect
      .poll(async () =>
        (await log(id)).filter(({ action, outcome }) => action === 'export' && outcome === 'done'),
      )
      .toHaveLength(1);
    const entries = await log(id);
    const by = (action: string, outcome: string) =>
      entries.filter((one) => one.action === action && one.outcome === outcome);
    for (const [who] of refused)
      for (const [action, times] of [
        ['cancel', 1],
        ['resume', 1 + allowed.length],
        ['discard', 1],
      ] as const)
        expect(
          by(action, 'refused').filter(({ userName }) => userName === who.name),
          `${who.name}: ${action}`,
        ).toHaveLength(times);
    const names = allowed.map(({ name }) => name);
    expect(by('cancel', 'done').map(({ userName }) => userName)).toEqual(names);
    expect(by('resume', 'done').map(({ userName }) => userName)).toEqual(names);
    expect(entries[0]).toMatchObject({ action: 'begin', outcome: 'done', userName: 'Robin' });
    // Each stretch of making it is put down to whoever began or resumed it.
    expect(by('export', 'failed').map(({ userName, state }) => [userName, state])).toEqual(
      ['Robin', ...names.slice(0, -1)].map((name) => [name, 'cancelled']),
    );
    expect(by('export', 'done')).toMatchObject([{ userName: names.at(-1), state: 'done' }]);
    for (const { outcome, cameras } of entries) if (outcome !== 'refused') expect(cameras).toEqual([CAMERA]);
  }, 600_000);

  it('cannot be touched while the workstation is locked', async () => {
    const { at, as, session, log } = await officeOf();
    const id = await at.start({ ...at.both, rendition: 'burnt-in' });
    session.isLocked = true;
    for (const action of ['evidence.cancel', 'evidence.resume', 'evidence.discard'] as const)
      expect(await as(session.operator, action, id)).toBe('locked');
    session.isLocked = false;
    expect(await as(session.operator, 'evidence.cancel', id)).toBe(200);
    expect(await at.over(id)).toMatchObject({ state: 'cancelled' });
    expect(await as(session.operator, 'evidence.discard', id)).toBe(200);
    expect(at.state(id)).toBeNull();
    expect((await log(id)).filter(({ outcome }) => outcome === 'refused')).toHaveLength(3);
  }, 400_000);
});
