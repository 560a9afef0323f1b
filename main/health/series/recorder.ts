import type { RequestOf, ResponseOf } from '../../../contract';
import { HEALTH_METRICS, MOST_HEALTH_VALUES } from '../../../contract/health';
import type { Clock } from '../../base/clock';
import type { Disposable } from '../../base/disposable';
import { messageOf, VasError } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { HealthMinute, Store } from '../../store/types';
import type { HealthTick } from '../tick';
import { SeriesBook } from './seriesBook';

const DAY_S = 86_400;
/** Two days, so that yesterday can be compared. */
const KEEP_S = 2 * DAY_S;
/** Values of a series that a plot can show. */
const PLOTTED = 500;

export interface RecorderOptions {
  readonly tick: HealthTick;
  /** What is measured now, by name of the series. */
  readonly measure: (lateMs: number) => Promise<ReadonlyMap<string, number>>;
  readonly store: Pick<Store, 'read' | 'write'>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Health over time: measures with the tick, keeps a day in memory and two in the database. */
export class SeriesRecorder implements Disposable {
  readonly #options: RecorderOptions;
  readonly #book = new SeriesBook();
  readonly #listening: Disposable;
  #measuring = false;
  #saving: Promise<void> | null = null;
  #restored: Promise<void> | null = null;
  #complained = false;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#listening = options.tick.onTick((lateMs) => void this.#measure(lateMs));
  }

  /** @throws VasError bad_request for a range that is none or too long */
  async query(request: RequestOf<'health.series'>): Promise<ResponseOf<'health.series'>> {
    const fromMs = Date.parse(request.from);
    const toMs = Date.parse(request.to);
    if (!(fromMs < toMs)) throw new VasError('bad_request', '"from" must be before "to".');
    if (toMs - fromMs > KEEP_S * 1000)
      throw new VasError('bad_request', 'Health is kept for two days: ask for at most that.');
    await this.#restore();
    const nowS = this.#nowS();
    const finest = this.#book.resolution(fromMs / 1000, nowS);
    const wanted = request.step ?? Math.max(finest, (toMs - fromMs) / 1000 / PLOTTED);
    const stepS = Math.max(finest, Math.ceil(wanted / finest) * finest);
    const fromS = Math.floor(fromMs / 1000 / stepS) * stepS;
    const toS = Math.min(toMs / 1000, nowS);
    const subjects = request.subjects === undefined ? null : new Set(request.subjects);
    const metrics = new Set(request.metrics);
    const series = this.#book.series().filter(({ id: { metric, subject } }) => {
      if (!metrics.has(metric)) return false;
      return subject === null || HEALTH_METRICS[metric] === 'workstation' || (subjects?.has(subject) ?? true);
    });
    if (series.length * Math.ceil((toS - fromS) / stepS) > MOST_HEALTH_VALUES)
      throw new VasError(
        'bad_request',
        'That is too much for one answer: ask for fewer metrics or cameras, or for a larger step.',
      );
    return {
      from: new Date(fromS * 1000).toISOString(),
      step: stepS,
      series: series.map(({ name, id }) => ({
        metric: id.metric,
        subject: id.subject,
        values: this.#book.values(name, { fromS, toS, stepS }, nowS),
      })),
    };
  }

  /** Keeps the minute that has begun. */
  async dispose(): Promise<void> {
    await this.#listening.dispose();
    await this.#saving;
    const last = this.#book.endMinute();
    if (last !== null) this.#save(last);
    await this.#saving;
  }

  async #measure(lateMs: number): Promise<void> {
    // A worker that does not answer is asked once, not every ten seconds.
    if (this.#measuring) return;
    this.#measuring = true;
    try {
      const ended = this.#book.add(this.#nowS(), await this.#options.measure(lateMs));
      if (ended !== null) this.#save(ended);
    } catch (error) {
      this.#options.log.warn({ reason: messageOf(error) }, 'health cannot be measured');
    } finally {
      this.#measuring = false;
    }
  }

  /** A store that hangs gets no second minute: it is lost, and nothing waits. */
  #save(minute: HealthMinute): void {
    if (this.#saving !== null) return;
    const { store, log } = this.#options;
    this.#saving = store.write
      .saveHealthMinute(minute, minute.atS - KEEP_S)
      .then(
        () => void (this.#complained = false),
        (error: unknown) => {
          if (!this.#complained) log.warn({ reason: messageOf(error) }, 'health is not kept');
          this.#complained = true;
        },
      )
      .finally(() => (this.#saving = null));
  }

  /** Once, and only when somebody asks: what an earlier run kept. */
  #restore(): Promise<void> {
    const nowS = this.#nowS();
    this.#restored ??= this.#options.store.read.healthMinutes(nowS - DAY_S, nowS).then(
      (minutes) => minutes.forEach((minute) => this.#book.restore(minute)),
      (error: unknown) => {
        this.#restored = null;
        this.#options.log.warn({ reason: messageOf(error) }, 'earlier health cannot be read');
      },
    );
    return this.#restored;
  }

  #nowS(): number {
    return this.#options.clock.wallUs() / 1e6;
  }
}
