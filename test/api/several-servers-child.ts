/** A server's import worker to be killed. Its argument is the milliseconds that a parse takes. */
import 'reflect-metadata';
import { setTimeout as pause } from 'node:timers/promises';
import { startImportWorker } from '../../server/catalogue/worker/worker.ts';
import { loadConfig } from '../../server/config.ts';
import { openServices } from '../../server/services.ts';
import { makeFakeVision } from '../helpers/fake-vision.ts';

const delay = Number(process.argv[2]);
const vision = makeFakeVision();
const slow: typeof vision = {
  ...vision,
  async parse(...of) {
    await pause(delay);
    return vision.parse(...of);
  },
};
const { services } = await openServices(loadConfig(), { vision: async () => slow });
await startImportWorker(services);
console.log('at work');
