// Runs one ONNX model on a thread of its own: onnxruntime-node's `run` is synchronous, whatever it returns, and would
// hold up every other request for as long as it takes. Plain JavaScript, so that any loader can start it.
import { parentPort, workerData } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';

// From the file: bytes that went through JavaScript would be held until a thread with so little to do collects them.
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
