/** More are forgotten, all at once. */
const MOST = 1000;

/** Asks again for the same key only after a while. Who asks meanwhile waits for the same answer; a failure is not kept. */
export function remember<T>(
  forMs: number,
  ask: (key: string) => Promise<T>,
  now: () => number = () => performance.now(),
): (key: string) => Promise<T> {
  const answers = new Map<string, { at: number; answer: Promise<T> }>();
  return (key) => {
    const known = answers.get(key);
    if (known && now() - known.at < forMs) return known.answer;
    if (answers.size >= MOST) answers.clear();
    const asked = { at: now(), answer: ask(key) };
    answers.set(key, asked);
    asked.answer.catch(() => answers.get(key) === asked && answers.delete(key));
    return asked.answer;
  };
}
