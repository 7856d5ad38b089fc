// Runs one ONNX model on its own thread: despite its promise, onnxruntime-node's `run` is synchronous, and would block
// every other request. Plain JavaScript, so that any loader can start it.
import { parentPort, workerData } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';

// Loaded from the file: bytes read in JavaScript would stay in memory, since a thread this idle rarely collects
// garbage.
const session = await InferenceSession.create(workerData.path, workerData.options);

parentPort.on('message', async ({ id, feeds }) => {
  if (feeds === undefined) {
    await session.release();
    parentPort.close();
    return;
  }
  try {
    const tensors = Object.entries(feeds).map(([name, { data, shape }]) => [
      name,
      new Tensor('uint8', data, shape),
    ]);
    const outputs = await session.run(Object.fromEntries(tensors));
    const found = Object.entries(outputs).map(([name, { data }]) => [name, data]);
    parentPort.postMessage({ id, outputs: Object.fromEntries(found) });
  } catch (error) {
    parentPort.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
parentPort.postMessage({ inputs: session.inputMetadata, outputs: session.outputMetadata });
