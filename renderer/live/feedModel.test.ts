import { describe, expect, it } from 'vitest';
import type { FeedEvent, FeedModel, Reported } from './feedModel';
import { newFeed, stateOf, step } from './feedModel';
import type { StreamRole } from './types';

/** A feed on a clock of its own; `fetches` and `drops` count what it asked for. */
class Script {
  model: FeedModel;
  now = 1_000;
  fetches = 0;
  drops = 0;

  constructor(role: StreamRole = 'main') {
    this.model = newFeed(role, this.now);
  }

  get state() {
    return stateOf(this.model);
  }

  on(event: FeedEvent): this {
    const { model, drop, fetch } = step(this.model, event, this.now);
    this.model = model;
    if (drop) this.drops += 1;
    if (fetch) this.fetches += 1;
    return this;
  }

  reported(producerId: string | null, more: Partial<Reported> = {}): this {
    const reported = { producerId, running: producerId !== null, gopSeconds: 1, ...more };
    return this.on({ type: 'reported', reported });
  }

  viewing(producerId: string): this {
    return this.on({ type: 'viewing', producerId });
  }

  picture(): this {
    return this.on({ type: 'picture' });
  }

  failed(message = 'no'): this {
    return this.on({ type: 'failed', message });
  }

  /** Lets time pass in the client's ticks of 250 ms. */
  pass(ms: number): this {
    for (let left = ms; left > 0; left -= 250) {
      this.now += Math.min(250, left);
      this.on({ type: 'tick' });
    }
    return this;
  }

  /** As `pass`, with a picture each tick. */
  play(ms: number): this {
    for (let left = ms; left > 0; left -= 250) this.pass(Math.min(250, left)).picture();
    return this;
  }
}

const live = () => new Script().reported('p1').viewing('p1').picture();

describe('a feed', () => {
  it('fetches its view as soon as there is something to consume, and once', () => {
    const feed = new Script().pass(3000);
    expect(feed.fetches).toBe(0);
    feed.reported(null);
    expect(feed.fetches).toBe(0);
    feed.reported('p1').pass(3000).reported('p1');
    expect(feed.fetches).toBe(1);
    feed.viewing('p1');
    expect(feed.state).toBe('connecting');
    feed.picture();
    expect(feed.state).toBe('live');
  });

  it('of a sub-stream fetches without being told of a producer', () => {
    const feed = new Script('sub').on({ type: 'reported', reported: null });
    expect(feed.fetches).toBe(1);
    feed.failed().pass(499);
    expect(feed.fetches).toBe(1);
    feed.pass(1);
    expect(feed.fetches).toBe(2);
  });

  it('is stalled 2 s after the last picture and live with the next', () => {
    const feed = live().play(5000).pass(1999);
    expect(feed.state).toBe('live');
    feed.pass(1);
    expect(feed.state).toBe('stalled');
    feed.picture();
    expect(feed.state).toBe('live');
    expect(feed.drops).toBe(0);
  });

  it('fetches a stalled view anew after 4 s more, if the stream runs', () => {
    const feed = live().pass(5999);
    expect(feed.drops).toBe(0);
    feed.pass(1);
    expect(feed.drops).toBe(1);
    expect(feed.fetches).toBe(2);
    expect(feed.state).toBe('connecting');
    feed.viewing('p1');
    expect(feed.state).toBe('stalled');
    feed.picture();
    expect(feed.state).toBe('live');
  });

  it('waits for a stream that does not run and then 4 s from its beginning', () => {
    const feed = live().reported('p1', { running: false }).pass(60_000);
    expect([feed.drops, feed.state]).toEqual([0, 'stalled']);
    feed.reported('p1').pass(3999);
    expect(feed.drops).toBe(0);
    feed.pass(1);
    expect(feed.drops).toBe(1);
  });

  it('is more patient with rare key frames and after fruitless attempts', () => {
    const feed = new Script().reported('p1', { gopSeconds: 8 }).viewing('p1').pass(9999);
    expect(feed.drops).toBe(0);
    feed.pass(1).viewing('p1').pass(19_999);
    expect(feed.drops).toBe(1);
    feed.pass(1).viewing('p1').pass(29_999);
    expect(feed.drops).toBe(2);
    feed.pass(1);
    expect(feed.drops).toBe(3);
    feed.viewing('p1').picture().pass(11_999);
    expect(feed.drops).toBe(3);
    feed.pass(1);
    expect(feed.drops).toBe(4);
  });

  it('changes to a new producer at once, and drops one that is gone', () => {
    const feed = live().reported('p2');
    expect([feed.drops, feed.fetches]).toEqual([1, 2]);
    feed.viewing('p2').picture();
    expect(feed.state).toBe('live');
    feed.reported(null, { running: false });
    expect([feed.drops, feed.fetches, feed.state]).toEqual([2, 2, 'connecting']);
    feed.reported('p3');
    expect(feed.fetches).toBe(3);
  });

  it('is not misled by reports that lag behind the reply', () => {
    const feed = new Script().reported('p1').viewing('p2').reported('p1').picture();
    expect(feed.drops).toBe(0);
    feed.reported('p2');
    expect([feed.drops, feed.state]).toEqual([0, 'live']);
  });

  it('notices a producer that was replaced while its view was being fetched', () => {
    const feed = new Script().reported('p1').reported('p2').viewing('p1');
    expect([feed.drops, feed.fetches]).toEqual([1, 2]);
    feed.viewing('p2').picture();
    expect([feed.drops, feed.state]).toEqual([1, 'live']);
  });

  it('tries again after 0.5, 1, 2, 4, 5, 5 s and says why it failed', () => {
    const feed = new Script().reported('p1');
    for (const [index, pause] of [500, 1000, 2000, 4000, 5000, 5000].entries()) {
      feed.failed('it is broken');
      expect(feed.model.error).toBe('it is broken');
      feed.pass(pause - 1);
      expect(feed.fetches).toBe(index + 1);
      feed.pass(1);
      expect(feed.fetches).toBe(index + 2);
    }
    feed.viewing('p1').picture();
    expect([feed.model.error, feed.state]).toEqual([null, 'live']);
  });

  it('tries at once when another producer is reported', () => {
    const feed = new Script().reported('p1').failed().failed().failed().reported('p2');
    expect(feed.fetches).toBe(2);
  });

  it('fetches anew when its transport is lost', () => {
    const feed = live().on({ type: 'lost' });
    expect([feed.drops, feed.fetches, feed.state]).toEqual([1, 2, 'connecting']);
    feed.on({ type: 'lost' });
    expect([feed.drops, feed.fetches]).toEqual([1, 2]);
  });

  it('ignores pictures of a view that was dropped', () => {
    const feed = live().pass(6000);
    const { lastPictureAt } = feed.model;
    feed.picture();
    expect(feed.model.lastPictureAt).toBe(lastPictureAt);
    expect(feed.state).toBe('connecting');
  });

  it('stays closed, and gives back a view that comes late', () => {
    const feed = live().on({ type: 'closed' });
    expect([feed.drops, feed.state]).toEqual([1, 'closed']);
    const late = new Script().reported('p1').on({ type: 'closed' }).viewing('p1');
    expect([late.drops, late.state]).toEqual([1, 'closed']);
    late.reported('p2').pass(60_000).picture();
    expect([late.fetches, late.state]).toEqual([1, 'closed']);
  });
});
