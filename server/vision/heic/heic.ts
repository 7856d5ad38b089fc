/** Decodes HEIC on a thread of its own: sharp's libheif has no decoder of HEVC. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { InvalidImageError } from '../../errors/errors.ts';
import { beginTime, type TimeLimit } from '../../watchdog/time-limit.ts';
import { MAX_IMAGE_PIXELS } from '../cost.ts';
import { DECODE_TIME } from '../decode-time.ts';
import { openGate } from '../runtime/gate.ts';

export interface HeicLimits {
  /** The most that libheif may take. */
  readonly heapBytes: number;
  readonly time: TimeLimit;
}

/** One image of 12 megapixels with 10 bits and full chroma takes 190 MiB; a telephone's 48 megapixels take 3 seconds. */
const LIMITS: HeicLimits = { heapBytes: 224 * 1024 * 1024, time: DECODE_TIME };
const LOOK_MS = 250;
/** What is decoded in one piece: a tile of a grid, or a whole picture without one. */
const PIXELS_AT_ONCE = 13_000_000;
/** Of JavaScript's own objects; pixels are outside of it. */
const RESOURCES = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16 };
const WAITING = 64;

type Answer = { png: Uint8Array } | { reason: 'large' | 'unsupported' | 'damaged'; message: string };

const turns = openGate(1, WAITING);
let compiled: Promise<WebAssembly.Module> | undefined;

/**
 * A PNG of the primary image, upright by its own rotation (its Exif is ignored, as the standard says), scaled down by a
 * whole factor to at least `longSide` pixels if it is larger. One at a time. Throws InvalidImageError.
 */
export function heicToPng(
  bytes: Uint8Array,
  longSide: number,
  limits: HeicLimits = LIMITS,
): Promise<Uint8Array> {
  return turns.run(async () => {
    compiled ??= compile();
    const answer = await decodeApart(await compiled, bytes, longSide, limits);
    if ('png' in answer) return answer.png;
    throw toError(answer);
  });
}

async function compile(): Promise<WebAssembly.Module> {
  const path = createRequire(import.meta.url).resolve('libheif-js/libheif-wasm/libheif.wasm');
  return WebAssembly.compile(await readFile(path));
}

async function decodeApart(
  module: WebAssembly.Module,
  bytes: Uint8Array,
  longSide: number,
  { heapBytes, time }: HeicLimits,
): Promise<Answer> {
  const worker = new Worker(new URL('./heic-worker.mjs', import.meta.url), {
    workerData: {
      module,
      bytes,
      longSide,
      heapBytes,
      pixelsAtOnce: PIXELS_AT_ONCE,
      mostPixels: MAX_IMAGE_PIXELS,
    },
    resourceLimits: RESOURCES,
    // The worker needs none of the main thread's loaders.
    execArgv: [],
  });
  try {
    return await new Promise<Answer>((resolve) => {
      const isOver = beginTime(time);
      const look = setInterval(() => {
        if (isOver()) end({ reason: 'large', message: 'It takes too long.' });
      }, LOOK_MS);
      const end = (answer: Answer) => {
        clearInterval(look);
        resolve(answer);
      };
      worker.once('message', end);
      worker.once('error', (error: NodeJS.ErrnoException) =>
        end({
          reason: error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'large' : 'damaged',
          message: error.message,
        }),
      );
      worker.once('exit', (code) => end({ reason: 'damaged', message: `The decoder ended with ${code}.` }));
    });
  } finally {
    // Its memory is free before the next one begins.
    await worker.terminate();
  }
}

function toError({ reason, message }: Exclude<Answer, { png: Uint8Array }>): InvalidImageError {
  const options = { cause: new Error(message) };
  switch (reason) {
    case 'large':
      return new InvalidImageError(
        'IMAGE_TOO_LARGE',
        'This HEIC takes too much memory or time to decode. Upload a smaller one, or a plain JPEG.',
        options,
      );
    case 'unsupported':
      return new InvalidImageError(
        'IMAGE_FORMAT_UNSUPPORTED',
        'This HEIC has a kind of picture that cannot be read here. Save it as JPEG and upload that.',
        options,
      );
    case 'damaged':
      return new InvalidImageError('NOT_AN_IMAGE', 'The image is damaged and cannot be decoded.', options);
  }
}
