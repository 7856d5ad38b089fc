/** The Python half of the parse bench: model/tools/torchvision_bench.py behind questions and answers, one line each. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** Milliseconds that passed, and milliseconds of all cores together. */
export interface Took {
  readonly wall: number;
  readonly processor: number;
}

/** Multiply-adds of one run of each graph and of the matrix product; PyTorch's version. */
export interface Work {
  readonly parser: number;
  readonly embedder: number;
  readonly product: number;
  readonly torch: string;
}

export type Task = 'equal' | 'default' | 'product';

export interface Peer {
  readonly work: Work;
  run(task: Task): Promise<Took>;
  close(): void;
}

const PYTHON = 'model/.venv/bin/python';

/** Null where the Python environment is not there (`model/run.sh` makes it). */
export async function openPeer(
  photo: string,
  { model, crops, threads }: { model: string; crops: number; threads: number },
): Promise<Peer | null> {
  if (!existsSync(PYTHON)) return null;
  const args = [
    'torchvision_bench',
    photo,
    '--weights',
    model,
    '--crops',
    `${crops}`,
    '--threads',
    `${threads}`,
  ];
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn('model/run.sh', args, {
    // Waiting threads that spin would take the cores from whoever else works: in PyTorch's favour on a busy machine.
    env: { ...process.env, OMP_NUM_THREADS: `${threads}`, OMP_WAIT_POLICY: 'PASSIVE' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async <T>(): Promise<T> => {
    const { value, done } = await lines.next();
    if (done) throw new Error('model/run.sh torchvision_bench ended before it answered');
    return JSON.parse(value) as T;
  };
  const work = await answer<Work>();
  return {
    work,
    run(task) {
      child.stdin.write(`${task}\n`);
      return answer<Took>();
    },
    close: () => child.stdin.end(),
  };
}
