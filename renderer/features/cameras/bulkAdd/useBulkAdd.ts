import { useEffect, useMemo, useRef, useState } from 'react';
import type { ResponseOf } from '../../../../contract';
import { command, query, toCallError } from '../../../data/call';
import { useDevices } from '../../../data/DevicesProvider';
import { faultTitle } from '../../../data/faultText';
import { videoSummary } from '../../../data/videoText';
import { t } from '../../../strings';
import type { CommonValues, Entry } from './entries';
import { needsSecrets, NO_COMMON, problemsOf, toCreate, toValidate } from './entries';
import { inParallel } from './inParallel';
import { MOST_ROWS, readList } from './readList';

/** Connections tested at the same time: each is a process of its own beside the recordings. */
const TESTS_AT_ONCE = 4;
/** Cameras that are added with one call, so that progress shows. */
const CHUNK = 10;

export interface Progress {
  readonly what: 'test' | 'add';
  readonly done: number;
  readonly total: number;
}

export interface BulkAdd {
  readonly entries: readonly Entry[];
  readonly problems: ReadonlyMap<number, string>;
  readonly common: CommonValues;
  readonly progress: Progress | null;
  /** Something that concerns the whole list; null when nothing does. */
  readonly error: string | null;
  /** Passwords can only be kept weakly and the user has not agreed yet. */
  readonly needsConsent: boolean;
  /** Cameras that would be added now. */
  readonly ready: readonly Entry[];
  /** How many were added so far. */
  readonly added: number;
  /** Cameras whose test failed are added as well: one may be switched off just now. */
  readonly isBold: boolean;
  readonly setBold: (isBold: boolean) => void;
  readonly read: (text: string) => void;
  readonly setCommon: (common: CommonValues) => void;
  readonly change: (entry: Entry) => void;
  readonly remove: (id: number) => void;
  readonly test: () => Promise<void>;
  readonly cancel: () => void;
  /** @returns whether everything that was left in the list has been added */
  readonly add: () => Promise<boolean>;
  readonly agree: () => Promise<boolean>;
  readonly decline: () => void;
}

/** The list of cameras to be added: reading, correcting, testing, adding. What is not added stays in it. */
export function useBulkAdd(): BulkAdd {
  const { devices, refetch } = useDevices();
  const [entries, setEntries] = useState<readonly Entry[]>([]);
  const [common, setCommonValues] = useState<CommonValues>(NO_COMMON);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [needsConsent, setNeedsConsent] = useState(false);
  const [added, setAdded] = useState(0);
  const nextId = useRef(1);
  const isCancelled = useRef(false);
  useEffect(() => {
    isCancelled.current = false;
    return () => {
      isCancelled.current = true;
    };
  }, []);
  const problems = useMemo(() => problemsOf(entries, devices ?? []), [entries, devices]);
  const [isBold, setBold] = useState(false);
  const ready = entries.filter(({ id, test }) => !problems.has(id) && (isBold || test?.works !== false));

  const patch = (id: number, change: Partial<Entry>) =>
    setEntries((before) => before.map((entry) => (entry.id === id ? { ...entry, ...change } : entry)));

  const read = (text: string) => {
    const listed = readList(text);
    const room = MOST_ROWS - entries.length;
    setError(
      listed.length === 0
        ? t('bulkAdd.empty')
        : listed.length > room
          ? t('bulkAdd.tooMany', { found: listed.length, max: MOST_ROWS, taken: Math.max(0, room) })
          : null,
    );
    const taken = listed.slice(0, Math.max(0, room)).map((camera) => ({
      ...camera,
      id: nextId.current++,
      test: null,
      refused: null,
    }));
    setEntries((before) => [...before, ...taken]);
  };

  const test = async () => {
    const wanted = entries.filter(({ id, test: tested }) => !problems.has(id) && tested?.works !== true);
    isCancelled.current = false;
    setError(null);
    let done = 0;
    setProgress({ what: 'test', done, total: wanted.length });
    await inParallel(
      wanted,
      TESTS_AT_ONCE,
      () => isCancelled.current,
      async (entry) => {
        try {
          const result = await command('devices.validate', toValidate(entry, common));
          patch(entry.id, { test: testOf(result) });
        } catch (thrown) {
          const text = toCallError(thrown, 'devices.validate').message;
          patch(entry.id, { test: { works: false, text } });
        }
        setProgress({ what: 'test', done: ++done, total: wanted.length });
      },
    );
    setProgress(null);
  };

  const send = async (): Promise<boolean> => {
    isCancelled.current = false;
    setError(null);
    let done = 0;
    let failed = 0;
    setProgress({ what: 'add', done, total: ready.length });
    for (let at = 0; at < ready.length && !isCancelled.current; at += CHUNK) {
      const chunk = ready.slice(at, at + CHUNK);
      try {
        const { results } = await command('devices.create-many', {
          cameras: chunk.map((entry) => toCreate(entry, common)),
        });
        const refused = new Map(
          results.flatMap((result, index) => {
            const id = chunk[index]?.id;
            return result.ok || id === undefined ? [] : [[id, result.message] as const];
          }),
        );
        const sent = new Set(chunk.map(({ id }) => id));
        failed += refused.size;
        setAdded((before) => before + chunk.length - refused.size);
        setEntries((before) =>
          before.flatMap((entry) => {
            const reason = refused.get(entry.id);
            if (reason !== undefined) return [{ ...entry, refused: reason }];
            return sent.has(entry.id) ? [] : [entry];
          }),
        );
        if (results.some((result) => !result.ok && result.code === 'consent_required')) {
          setNeedsConsent(true);
          break;
        }
      } catch (thrown) {
        // Whether the chunk was added is unknown: those that were show up as existing.
        setError(toCallError(thrown, 'devices.create-many').message);
        failed += chunk.length;
        break;
      }
      done += chunk.length;
      setProgress({ what: 'add', done, total: ready.length });
    }
    setProgress(null);
    refetch();
    return failed === 0 && !isCancelled.current && ready.length === entries.length;
  };

  const add = async (): Promise<boolean> => {
    if (needsSecrets(ready, common)) {
      try {
        const { protection, accepted } = await query('secrets.status', {});
        if (protection === 'obfuscation' && !accepted) {
          setNeedsConsent(true);
          return false;
        }
      } catch (thrown) {
        setError(toCallError(thrown, 'secrets.status').message);
        return false;
      }
    }
    return send();
  };

  return {
    ...{
      entries,
      problems,
      common,
      progress,
      error,
      needsConsent,
      ready,
      added,
      isBold,
      setBold,
      read,
      test,
      add,
    },
    setCommon: (next) => {
      setCommonValues(next);
      // What was found with other credentials says nothing about these.
      setEntries((before) => before.map((entry) => ({ ...entry, test: null })));
    },
    change: (entry) => patch(entry.id, { ...entry, test: null, refused: null }),
    remove: (id) => setEntries((before) => before.filter((entry) => entry.id !== id)),
    cancel: () => {
      isCancelled.current = true;
    },
    agree: async () => {
      try {
        await command('secrets.accept-obfuscation', {});
      } catch (thrown) {
        setError(toCallError(thrown, 'secrets.accept-obfuscation').message);
        return false;
      } finally {
        setNeedsConsent(false);
      }
      return send();
    },
    decline: () => setNeedsConsent(false),
  };
}

function testOf({ main, sub }: ResponseOf<'devices.validate'>): NonNullable<Entry['test']> {
  if (!main.valid) return { works: false, text: faultTitle(main.code) };
  if (sub?.valid === false)
    return { works: false, text: t('bulkAdd.subFails', { reason: faultTitle(sub.code) }) };
  return { works: true, text: t('bulkAdd.works', { video: videoSummary(main.info.video) }) };
}
