import { pipeline } from 'node:stream/promises';
import type { FileUpload } from 'graphql-upload/processRequest.mjs';

export { default as Upload } from 'graphql-upload/GraphQLUpload.mjs';
export type { FileUpload };

/** All of an upload's bytes. Stops reading past `maxBytes` and throws what `tooLarge` makes. */
export async function readUpload(
  upload: FileUpload,
  maxBytes: number,
  tooLarge: (cause?: unknown) => Error,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    await pipeline(upload.createReadStream(), async (stream: AsyncIterable<Buffer>) => {
      for await (const chunk of stream) {
        size += chunk.length;
        if (size > maxBytes) throw tooLarge();
        chunks.push(chunk);
      }
    });
  } catch (error) {
    // The multipart reader's own limit for one file: 413, Payload Too Large.
    if (error instanceof Error && 'status' in error && error.status === 413) throw tooLarge(error);
    throw error;
  }
  return Buffer.concat(chunks, size);
}
