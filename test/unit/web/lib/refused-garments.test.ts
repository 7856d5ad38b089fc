import { expect, it, vi } from 'vitest';
import { isRefused, noteRefusal, onRefusal } from '../../../../web/lib/refused-garments.ts';

it('a garment is refused for a reason of its own, not for an item’s, and who listens is told', () => {
  const listener = vi.fn();
  const stop = onRefusal(listener);
  noteRefusal('a', 'ITEM_PICTURE_UNSUITABLE');
  noteRefusal('a', 'CUT_DIFFERS');
  expect([isRefused('a'), listener.mock.calls.length]).toEqual([false, 0]);
  noteRefusal('a', 'NOT_FRONTAL');
  expect([isRefused('a'), isRefused('b'), listener.mock.calls.length]).toEqual([true, false, 1]);
  stop();
  noteRefusal('b', 'GARMENT_HIDDEN');
  expect([isRefused('b'), listener.mock.calls.length]).toEqual([true, 1]);
});
