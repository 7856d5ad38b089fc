import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { GraphQLError, GraphQLScalarType } from 'graphql';
import { InvalidInputError } from '../../errors/errors.ts';

/** A client's file, whole and on the disk for as long as its request lasts. */
export interface ReceivedFile {
  readonly filename: string;
  readonly bytes: number;
  createReadStream(): Readable;
  read(): Promise<Buffer>;
}

/**
 * A file that is still arriving: what a resolver gets. Whatever can refuse the request comes before `receiveFile`. The
 * promise is inside an object because TypeGraphQL waits for arguments that are promises.
 */
export class FileUpload {
  readonly file: Promise<ReceivedFile>;
  resolve!: (file: ReceivedFile) => void;
  reject!: (reason: unknown) => void;

  constructor() {
    this.file = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    // An operation that is refused never asks for its file.
    this.file.catch(() => undefined);
  }
}

/** What came by another way than a multipart request. */
export function uploadOf(bytes: Buffer): FileUpload {
  const upload = new FileUpload();
  upload.resolve({
    filename: 'file',
    bytes: bytes.length,
    createReadStream: () => Readable.from([bytes]),
    read: async () => bytes,
  });
  return upload;
}

export const Upload = new GraphQLScalarType({
  name: 'Upload',
  description: 'A file, sent as described in the GraphQL multipart request specification.',
  parseValue(value) {
    if (value instanceof FileUpload) return value;
    throw new GraphQLError('Upload value invalid.');
  },
  parseLiteral(node) {
    throw new GraphQLError('Upload literal unsupported.', { nodes: node });
  },
  serialize() {
    throw new GraphQLError('Upload serialization unsupported.');
  },
});

/** Photos and feeds have a code and message of their own for files that are too large: see `receiveFile`. */
export class FileTooLargeError extends InvalidInputError {
  constructor(maxBytes: number) {
    super(`The file has more than ${Math.floor(maxBytes / 1024 / 1024)} MB.`, { code: 'FILE_TOO_LARGE' });
  }
}

/** Waits until the file has arrived. Throws the error from `tooLarge` if it has more than `maxBytes`. */
export async function receiveFile(
  upload: FileUpload,
  maxBytes: number,
  tooLarge: (cause?: unknown) => Error,
): Promise<ReceivedFile> {
  const file = await upload.file.catch((error: unknown) => {
    throw error instanceof FileTooLargeError ? tooLarge(error) : error;
  });
  if (file.bytes > maxBytes) throw tooLarge();
  return file;
}

export function openFile(path: string, filename: string, bytes: number): ReceivedFile {
  return {
    filename,
    bytes,
    createReadStream: () => createReadStream(path),
    read: () =>
      readFile(path).catch((cause: NodeJS.ErrnoException) => {
        // The client hung up while its file waited for its turn, and the file went with the request.
        throw cause.code === 'ENOENT' ? cutOff(cause) : cause;
      }),
  };
}

export function cutOff(cause?: unknown): InvalidInputError {
  return new InvalidInputError('The upload was cut off.', { code: 'UPLOAD_CUT_OFF', cause });
}
