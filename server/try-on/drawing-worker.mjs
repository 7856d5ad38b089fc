// Draws previews on a thread of its own: a step takes a core for tens of milliseconds, in which no other request would have
// its turn. Plain JavaScript, so that any loader can start it; tsx reads the rest, as it does in the server.
import { parentPort } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
const { runStep } = await import('./steps.ts');

parentPort.on('message', ({ id, step, question }) => {
  if (id === undefined) {
    parentPort.close();
    return;
  }
  try {
    const value = runStep(step, question);
    // The pixels of a preview are nobody else's.
    parentPort.postMessage({ id, value }, step === 'preview' && value.image ? [value.image.data.buffer] : []);
  } catch (error) {
    parentPort.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
});
