/** The bytes of an image file, or a function that reads them, so that waiting files take no memory. */
export type ImageFile = Uint8Array | (() => Promise<Uint8Array>);

export async function bytesOf(file: ImageFile): Promise<Uint8Array> {
  return typeof file === 'function' ? file() : file;
}
