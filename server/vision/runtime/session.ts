/**
 * The one place that uses onnxruntime, together with session-worker.mjs: an ONNX file in, a function from tensors to
 * tensors out.
 */
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { nativeProvider, type Provider } from './providers.ts';
import { talkTo } from './thread.ts';

/** A tensor's name, element type and shape as declared in the ONNX file; a string is an open dimension. */
export interface TensorInfo {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly (number | string)[];
}

export interface Bytes {
  readonly data: Uint8Array;
  readonly shape: readonly number[];
}

/** Tensors of type uint8, float32 and int64. */
export interface Numbers {
  readonly data: Uint8Array | Float32Array | BigInt64Array;
  readonly shape: readonly number[];
}

export type OutputData = Float32Array | BigInt64Array;

/** Takes pixels, unless a model reads other numbers. */
export interface Session<Feed extends Numbers = Bytes> {
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  /** Runs the model on tensors by input name; outputs are by name, row-major. */
  run(feeds: Readonly<Record<string, Feed>>): Promise<Record<string, OutputData>>;
  close(): Promise<void>;
}

export interface SessionOptions {
  /** Maximum threads of one run: more than 8 gain nothing for networks of this size. */
  readonly threads?: number | undefined;
  /** Where it runs; the CPU runs what the provider does not support. */
  readonly provider?: Provider;
  /** Keeps the memory of the largest run for the next ones: for a model whose runs are small and alike. */
  readonly keepsMemory?: boolean | undefined;
}

/** Threads of one run by default. */
export function defaultThreads(): number {
  return Math.min(availableParallelism(), 8);
}

/** Loads the ONNX file at `path` on its own thread; rejects if it cannot be loaded. */
export async function openSession(
  path: string,
  { threads = defaultThreads(), provider = 'cpu', keepsMemory = false }: SessionOptions = {},
): Promise<Session<Numbers>> {
  const options: InferenceSession.SessionOptions = {
    executionProviders: [nativeProvider(provider)],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    // Parser and embedder would keep the largest amount any photo ever took: a third more memory.
    enableCpuMemArena: keepsMemory,
    enableMemPattern: false,
    // A spinning thread takes a core from decoding, storing and other runs: next to other work on two cores, a run took
    // 125 ms of CPU time with spinning and 72 ms without.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  };
  const worker = new Worker(new URL('./session-worker.mjs', import.meta.url), {
    workerData: { path, options },
    // The worker needs none of the main thread's loaders.
    execArgv: [],
  });
  const [{ inputs, outputs }] = (await once(worker, 'message')) as [Ready];
  const { ask, close } = talkTo<Record<string, Tensor['data']>>(worker, 'The model');
  return {
    inputs: inputs.map(tensorInfo),
    outputs: outputs.map(tensorInfo),
    async run(feeds) {
      // Copies, so that transferring them does not take away the caller's data.
      const own = Object.entries(feeds).map(
        ([name, { data, shape }]) => [name, { data: copyOf(data), shape }] as const,
      );
      const found = await ask(
        { feeds: Object.fromEntries(own) },
        own.map(([, { data }]) => data.buffer),
      );
      return Object.fromEntries(Object.entries(found).map(([name, data]) => [name, numbers(name, data)]));
    },
    close,
  };
}

interface Ready {
  readonly inputs: readonly InferenceSession.ValueMetadata[];
  readonly outputs: readonly InferenceSession.ValueMetadata[];
}

/** A Buffer's own `slice` would share its memory. */
function copyOf(data: Uint8Array | Float32Array | BigInt64Array) {
  return data instanceof Uint8Array ? new Uint8Array(data) : data.slice();
}

function tensorInfo(value: InferenceSession.ValueMetadata): TensorInfo {
  return value.isTensor
    ? { name: value.name, type: value.type, shape: value.shape }
    : { name: value.name, type: 'not a tensor', shape: [] };
}

function numbers(name: string, data: Tensor['data']): OutputData {
  if (data instanceof Float32Array || data instanceof BigInt64Array) return data;
  throw new TypeError(`output ${name} has a type that the contract does not know`);
}
