import type { Image, Turn, Vision } from './contract.ts';
import { DECODING_BYTES } from './cost.ts';
import { decode, probe } from './image.ts';
import { bytesOf } from './image-file.ts';
import { openBudget } from './runtime/budget.ts';
import { collectGarbage } from './runtime/collect-garbage.ts';
import { openGate } from './runtime/gate.ts';
import { type OnTiming, timed } from './timing.ts';

/** Each takes a core; large images also wait for their share of DECODING_BYTES. */
const DECODES = 2;
/** An image that takes as much first has garbage collected: a plain photo of 12 megapixels takes far less. */
const COSTLY_BYTES = DECODING_BYTES / 2;
/** Waiting files are on disk and take no memory. */
const WAITING_DECODES = 64;

/** Decodes images in turn, with bounded use of cores and memory. */
export function openDecoder(onTiming: OnTiming | undefined): {
  decode: Vision['decode'];
  close(): Promise<void>;
} {
  const gate = openGate(DECODES, WAITING_DECODES);
  const memory = openBudget(DECODING_BYTES);
  async function decodeWithin(bytes: Uint8Array): Promise<Image> {
    const probed = await probe(bytes);
    return memory.run(probed.memory, () => {
      if (probed.memory >= COSTLY_BYTES) collectGarbage();
      return timed(onTiming, 'decode', () => decode(bytes));
    });
  }
  return {
    decode: (file, turn?: Turn) => gate.run(async () => decodeWithin(await bytesOf(file)), turn),
    close: () => gate.close(),
  };
}
