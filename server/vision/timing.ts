/** For the benchmark; the server itself passes no listener. */
export type Stage =
  | 'decode'
  | 'resize'
  | 'parser'
  | 'masks'
  | 'crops'
  | 'embedder'
  | 'attributes'
  | 'measures';

/** Called with the wall-clock milliseconds of each stage of each image. */
export type OnTiming = (stage: Stage, milliseconds: number) => void;

/** The task's result; its duration goes to the listener, if any. */
export async function timed<T>(
  onTiming: OnTiming | undefined,
  stage: Stage,
  task: () => T | Promise<T>,
): Promise<T> {
  if (!onTiming) return task();
  const start = performance.now();
  const result = await task();
  onTiming(stage, performance.now() - start);
  return result;
}
