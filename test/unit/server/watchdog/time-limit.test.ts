import { expect, it } from 'vitest';
import { inDecodeTime } from '../../../../server/vision/decode-time.ts';
import { beginTime } from '../../../../server/watchdog/time-limit.ts';

it('time is over by the clock where the process had a processor all the while, and later where it had not', () => {
  const at = { now: 1000, processor: 500 };
  const isOver = beginTime({ ms: 20, mostMs: 120 }, { now: () => at.now, processor: () => at.processor });
  const after = (now: number, processor: number) => {
    Object.assign(at, { now: 1000 + now, processor: 500 + processor });
    return isOver();
  };
  expect(after(20, 40)).toBe(false);
  expect(after(21, 21)).toBe(true);
  expect(after(21, 5)).toBe(false);
  expect(after(119, 19)).toBe(false);
  expect(after(121, 19)).toBe(true);
});

it('a picture that a busy machine had no time for is decoded once more, and a slow one is not', async () => {
  const asked: number[] = [];
  const decode = async (seconds: number) => {
    asked.push(seconds);
    if (seconds === 20) throw new Error('VipsJpeg: odd\ntimeout: 41% complete');
    return 'decoded';
  };
  expect(await inDecodeTime(decode, () => false)).toBe('decoded');
  expect(asked).toEqual([20, 100]);
  await expect(inDecodeTime(decode, () => true)).rejects.toThrow('timeout');
  expect(asked).toEqual([20, 100, 20]);
});
