import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchPace } from '../../../../server/graphql/uploads/pace.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the pace of an upload', () => {
  it('is not asked of a client while the parser or the disk is behind', () => {
    const { request, onSlow } = watch();
    request.pause();
    vi.advanceTimersByTime(40_000);
    expect(onSlow).not.toHaveBeenCalled();
  });

  it('ends a request from which nothing is taken for a minute', () => {
    const { request, onSlow } = watch();
    request.pause();
    vi.advanceTimersByTime(61_000);
    expect(onSlow).toHaveBeenCalled();
  });
});

function watch() {
  const request = new Readable({ read: () => undefined });
  const onSlow = vi.fn();
  watchPace(request, onSlow);
  return { request, onSlow };
}
