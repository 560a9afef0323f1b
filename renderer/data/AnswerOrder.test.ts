import { expect, test } from 'vitest';
import { AnswerOrder } from './AnswerOrder';

test('a query that is slower than its interval still shows each answer', () => {
  const order = new AnswerOrder();
  const [first, second, third] = [order.ask('health'), order.ask('health'), order.ask('health')];
  expect([order.counts(first), order.counts(second), order.counts(third)]).toEqual([true, true, true]);
});

test('an older answer does not replace a newer one', () => {
  const order = new AnswerOrder();
  const [first, second] = [order.ask('health'), order.ask('health')];
  expect([order.counts(second), order.counts(first)]).toEqual([true, false]);
});

test('an answer to another request is dropped, also when the same is wanted again', () => {
  const order = new AnswerOrder();
  const one = order.ask('camera a');
  const other = order.ask('camera b');
  expect(order.counts(one)).toBe(false);
  expect(order.counts(other)).toBe(true);
  order.ask('camera a');
  expect(order.counts(one), 'older than what was shown').toBe(false);
});
