// Decodes one HEIC with libheif, on a thread that ends with it: whatever a hostile file does to the decoder's memory is
// gone with the thread, and the thread can be ended at any moment. Plain JavaScript, so that any loader can start it.
//
// A telephone's HEIC is a grid of small tiles. They are decoded one by one and scaled down at once, so that 48 megapixels
// take no more memory than one tile and the small picture. The answer is a PNG, which goes the way of all other formats.
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { crc32, deflateSync } from 'node:zlib';

const { module, bytes, longSide, heapBytes, pixelsAtOnce, mostPixels } = workerData;

// The values of libheif's enumerations.
const RGB = 1;
const INTERLEAVED = { rgb: 10, rgba: 11 };
const CHANNEL_INTERLEAVED = 10;
const UNSUPPORTED = [3, 4];
const PROFILES = ['prof', 'rICC'].map((name) => Buffer.from(name).readUInt32BE());
/** Profiles of cameras have less than 4 KB. */
const MOST_PROFILE = 1024 * 1024;

class TooLarge extends Error {}

// The heap cannot be bounded from outside: a growth that is refused is a failed malloc to the decoder.
let isFull = false;
const { grow } = WebAssembly.Memory.prototype;
WebAssembly.Memory.prototype.grow = function growWithin(pages) {
  if (this.buffer.byteLength + pages * 65_536 > heapBytes) {
    isFull = true;
    throw new RangeError('The heap is full.');
  }
  return grow.call(this, pages);
};

/** @type {any} Emscripten's module, with libheif's C functions. */
const lib = createRequire(import.meta.url)('libheif-js/libheif-wasm/libheif.js')({
  instantiateWasm(imports, done) {
    const instance = new WebAssembly.Instance(module, imports);
    done(instance, module);
    return instance.exports;
  },
  print: () => undefined,
  printErr: () => undefined,
});
const view = () => new DataView(lib.HEAPU8.buffer);
/** Room for what functions return by pointers: an error, and one value. */
const error = lib._malloc(16);
const value = lib._malloc(128);

class HeifError extends Error {
  constructor(name, code, subcode) {
    super(`${name} returns error ${code}.${subcode}`);
    this.isUnsupported = UNSUPPORTED.includes(code);
  }
}

/** Calls a function that returns a heif_error. */
function call(name, ...args) {
  lib[name](error, ...args);
  const code = view().getInt32(error, true);
  if (code !== 0) throw new HeifError(name, code, view().getInt32(error + 4, true));
}

/** Calls one that also returns a pointer. */
function callFor(name, before, after = []) {
  call(name, ...before, value, ...after);
  return view().getUint32(value, true);
}

/** The tiles of an image, before or after its rotation and cropping. */
function tilingOf(handle, turned) {
  view().setInt32(value, 1, true);
  call('_heif_image_handle_get_image_tiling', handle, turned ? 1 : 0, value);
  const numbers = Array.from({ length: 8 }, (_, i) => view().getUint32(value + 4 + i * 4, true));
  const [columns, rows, tileWidth, tileHeight, width, height, top, left] = numbers;
  return { columns, rows, tileWidth, tileHeight, width, height, top, left };
}

/** The pieces in which an image is decoded: its upright tiles, or all of it where they are cropped. */
function piecesOf(handle) {
  const flat = tilingOf(handle, false);
  const upright = tilingOf(handle, true);
  const { columns, rows, tileWidth, tileHeight, width, height, top, left } = upright;
  const isCropped = width * height !== flat.width * flat.height;
  if (isCropped || columns * rows === 1) {
    const whole = { columns: 1, rows: 1, tileWidth: width, tileHeight: height, width, height };
    return { ...whole, left: 0, top: 0, pixels: flat.width * flat.height };
  }
  // Tiles are padded at the right and the bottom; turned, the padding is at the left or the top, which libheif says
  // with another offset than that of the padding.
  return {
    ...upright,
    left: left > 0 ? columns * tileWidth - width : 0,
    top: top > 0 ? rows * tileHeight - height : 0,
    pixels: tileWidth * tileHeight,
  };
}

/** An ICC profile; a profile by numbers (nclx) is applied by libheif. */
function profileOf(handle) {
  if (!PROFILES.includes(lib._heif_image_handle_get_color_profile_type(handle) >>> 0)) return null;
  const size = lib._heif_image_handle_get_raw_color_profile_size(handle);
  if (size <= 0 || size > MOST_PROFILE) return null;
  const data = lib._malloc(size);
  call('_heif_image_handle_get_raw_color_profile', handle, data);
  return Buffer.from(lib.HEAPU8.subarray(data, data + size));
}

function decodeSmall() {
  const context = lib._heif_context_alloc();
  const file = lib._malloc(bytes.length);
  lib.HEAPU8.set(bytes, file);
  call('_heif_context_read_from_memory_without_copy', context, file, bytes.length, 0);
  const handle = callFor('_heif_context_get_primary_image_handle', [context]);
  const { width, height, columns, rows, tileWidth, tileHeight, left, top, pixels } = piecesOf(handle);
  // The caller has read the size already, with another version of libheif.
  if (pixels > pixelsAtOnce || width * height > mostPixels) throw new TooLarge();

  const channels = lib._heif_image_handle_has_alpha_channel(handle) ? 4 : 3;
  const chroma = channels === 4 ? INTERLEAVED.rgba : INTERLEAVED.rgb;
  const small = openSmall(
    width,
    height,
    channels,
    Math.max(1, Math.floor(Math.max(width, height) / longSide)),
  );
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const image =
        rows * columns === 1
          ? callFor('_heif_decode_image', [handle], [RGB, chroma, 0])
          : callFor('_heif_image_handle_decode_image_tile', [handle], [RGB, chroma, 0, column, row]);
      const tile = {
        width: lib._heif_image_get_width(image, CHANNEL_INTERLEAVED),
        height: lib._heif_image_get_height(image, CHANNEL_INTERLEAVED),
        data: lib._heif_image_get_plane_readonly(image, CHANNEL_INTERLEAVED, value),
        stride: view().getInt32(value, true),
      };
      small.add(tile, column * tileWidth - left, row * tileHeight - top);
      lib._heif_image_release(image);
    }
  }
  return toPng(small.finish(), profileOf(handle));
}

/** A picture scaled down by a whole factor, to which tiles are added: each pixel is the mean of those it stands for. */
function openSmall(fullWidth, fullHeight, channels, factor) {
  const width = Math.max(1, Math.floor(fullWidth / factor));
  const height = Math.max(1, Math.floor(fullHeight / factor));
  const sums =
    factor === 1 ? new Uint8Array(width * height * channels) : new Uint16Array(width * height * channels);
  return {
    add(tile, left, top) {
      const heap = lib.HEAPU8;
      const first = Math.max(0, -left);
      const right = Math.min(tile.width, width * factor - left);
      const bottom = Math.min(tile.height, height * factor - top);
      // Of each column: where its sum is within a row.
      const places = Int32Array.from({ length: Math.max(0, right) }, (_, x) =>
        left + x < 0 ? 0 : Math.floor((left + x) / factor) * channels,
      );
      for (let y = Math.max(0, -top); y < bottom; y++) {
        const row = Math.floor((top + y) / factor) * width * channels;
        let from = tile.data + y * tile.stride + first * channels;
        for (let x = first; x < right; x++) {
          const to = row + places[x];
          sums[to] += heap[from];
          sums[to + 1] += heap[from + 1];
          sums[to + 2] += heap[from + 2];
          if (channels === 4) sums[to + 3] += heap[from + 3];
          from += channels;
        }
      }
    },
    finish() {
      if (factor === 1) return { width, height, channels, data: sums };
      const area = factor * factor;
      const data = new Uint8Array(sums.length);
      for (let i = 0; i < sums.length; i++) data[i] = Math.round(sums[i] / area);
      return { width, height, channels, data };
    },
  };
}

/** Not compressed: it is read at once. */
function toPng({ width, height, channels, data }, profile) {
  const row = width * channels;
  const raw = Buffer.alloc((row + 1) * height);
  for (let y = 0; y < height; y++) raw.set(data.subarray(y * row, (y + 1) * row), y * (row + 1) + 1);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, channels === 4 ? 6 : 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    ...(profile ? [chunk('iCCP', Buffer.concat([Buffer.from('camera\0\0'), deflateSync(profile)]))] : []),
    chunk('IDAT', deflateSync(raw, { level: 0 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

function answer() {
  try {
    return { png: decodeSmall() };
  } catch (cause) {
    const reason =
      isFull || cause instanceof TooLarge ? 'large' : cause?.isUnsupported ? 'unsupported' : 'damaged';
    return { reason, message: cause instanceof Error ? cause.message : String(cause) };
  }
}

parentPort.postMessage(answer());
