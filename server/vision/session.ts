/** The one file that touches onnxruntime: bytes of an ONNX file in, a function from tensors to tensors out. */
import { availableParallelism } from 'node:os';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { nativeProvider, type Provider } from './providers.ts';

/** A tensor's name, element type and shape as the ONNX file declares it; a string stands for an open dimension. */
export interface TensorInfo {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly (number | string)[];
}

export interface Bytes {
  readonly data: Uint8Array;
  readonly shape: readonly number[];
}

export type OutputData = Float32Array | BigInt64Array;

export interface Session {
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  /** Runs the model on `uint8` tensors by input name; outputs by name, row-major. */
  run(feeds: Readonly<Record<string, Bytes>>): Promise<Record<string, OutputData>>;
  close(): Promise<void>;
}

export interface SessionOptions {
  /** Threads for one run; more than 8 bring nothing for networks of this size. */
  readonly threads?: number;
  /** Where it runs; what the provider cannot do is done on the processor. */
  readonly provider?: Provider;
}

/** Threads of one run where none are asked for. */
export function defaultThreads(): number {
  return Math.min(availableParallelism(), 8);
}

export async function openSession(
  model: Uint8Array,
  { threads = defaultThreads(), provider = 'cpu' }: SessionOptions = {},
): Promise<Session> {
  const session = await InferenceSession.create(model, {
    executionProviders: [nativeProvider(provider)],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    // An arena would keep the most that any size of photo ever took: a third more memory, and no faster.
    enableCpuMemArena: false,
    enableMemPattern: false,
    // A thread that spins while it waits takes a core from decoding, storing and other runs: beside other work on two
    // cores a run took 125 ms of processor time with it and 72 without.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  });
  return {
    inputs: session.inputMetadata.map(tensorInfo),
    outputs: session.outputMetadata.map(tensorInfo),
    async run(feeds) {
      const tensors = Object.entries(feeds).map(
        ([name, { data, shape }]) => [name, new Tensor('uint8', data, shape)] as const,
      );
      const outputs = await session.run(Object.fromEntries(tensors));
      return Object.fromEntries(
        Object.entries(outputs).map(([name, { data }]) => [name, numbers(name, data)]),
      );
    },
    close: () => session.release(),
  };
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
