/** More are forgotten, all at once. */
const MOST = 1000;

/**
 * Asks again for the same key only after a while. Who asks meanwhile waits for the same answer; a failure is not kept. `by`
 * is told to `ask` alone.
 */
export function remember<T, By extends unknown[] = []>(
  forMs: number,
  ask: (key: string, ...by: By) => Promise<T>,
  now: () => number = () => performance.now(),
): (key: string, ...by: By) => Promise<T> {
  const answers = new Map<string, { at: number; answer: Promise<T> }>();
  return (key, ...by) => {
    const known = answers.get(key);
    if (known && now() - known.at < forMs) return known.answer;
    if (answers.size >= MOST) answers.clear();
    const asked = { at: now(), answer: ask(key, ...by) };
    answers.set(key, asked);
    asked.answer.catch(() => answers.get(key) === asked && answers.delete(key));
    return asked.answer;
  };
}
