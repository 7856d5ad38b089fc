// Runs one ONNX model on its own thread: despite its promise, onnxruntime-node's `run` is synchronous, and would block
// every other request. Plain JavaScript, so that any loader can start it.
import { parentPort, workerData } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';

// Loaded from the file: bytes read in JavaScript would stay in memory, since a thread this idle rarely collects
// garbage.
/** The element type of a tensor, by what holds its numbers. */
const typeOf = (data) =>
  data instanceof Float32Array ? 'float32' : data instanceof BigInt64Array ? 'int64' : 'uint8';

const session = await InferenceSession.create(workerData.path, workerData.options);

parentPort.on('message', async ({ id, feeds }) => {
  if (id === undefined) {
    await session.release();
    parentPort.close();
    return;
  }
  try {
    const tensors = Object.entries(feeds).map(([name, { data, shape }]) => [
      name,
      new Tensor(typeOf(data), data, shape),
    ]);
    const outputs = await session.run(Object.fromEntries(tensors));
    const found = Object.entries(outputs).map(([name, { data }]) => [name, data]);
    parentPort.postMessage({ id, value: Object.fromEntries(found) });
  } catch (error) {
    parentPort.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
parentPort.postMessage({ inputs: session.inputMetadata, outputs: session.outputMetadata });
