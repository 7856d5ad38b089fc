/** An image file's bytes, or what reads them: a file that waits for its turn then takes no memory. */
export type ImageFile = Uint8Array | (() => Promise<Uint8Array>);

export async function bytesOf(file: ImageFile): Promise<Uint8Array> {
  return typeof file === 'function' ? file() : file;
}
