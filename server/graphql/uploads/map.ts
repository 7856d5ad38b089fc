import { InvalidInputError } from '../../errors/errors.ts';
import { own } from '../../vocabulary/own.ts';
import { FileUpload } from './upload.ts';

/** "variables.input.images.0" has four; nothing in the schema goes deeper. */
const MAX_SEGMENTS = 6;
const MAX_PATH = 200;
/** The places in the variables that one file may fill. */
const MAX_PATHS = 4;
const MAX_FILES = 1;

export type Operation = Record<string, unknown>;

/** The field `operations`: one operation, for batches are not taken. */
export function readOperations(text: string): Operation {
  const operation = parse('operations', text);
  if (!isObject(operation) || Array.isArray(operation)) {
    throw badMultipart('The field "operations" must be one operation as a JSON object.');
  }
  return operation;
}

/**
 * The field `map`: puts an upload at each place that it names, where the operation must have null. Returns
 * the uploads by the names of their file parts.
 */
export function placeUploads(operation: Operation, text: string): Map<string, FileUpload> {
  const map = parse('map', text);
  if (!isObject(map) || Array.isArray(map)) {
    throw badMultipart('The field "map" must be a JSON object of lists of paths.');
  }
  const entries = Object.entries(map);
  if (entries.length > MAX_FILES) throw badMultipart('The field "map" may name one file.');
  const uploads = new Map<string, FileUpload>();
  for (const [name, paths] of entries) {
    if (!Array.isArray(paths) || paths.length < 1 || paths.length > MAX_PATHS) {
      throw badMultipart(`The field "map" must give each file a list of 1 to ${MAX_PATHS} paths.`);
    }
    const upload = new FileUpload();
    for (const path of paths) place(operation, path, upload);
    uploads.set(name, upload);
  }
  return uploads;
}

function place(operation: Operation, path: unknown, upload: FileUpload): void {
  if (typeof path !== 'string' || path.length > MAX_PATH) {
    throw badMultipart(`A path in "map" must be a string of at most ${MAX_PATH} characters.`);
  }
  const segments = path.split('.');
  if (segments[0] !== 'variables' || segments.length < 2 || segments.length > MAX_SEGMENTS) {
    const form = 'such as "variables.image"';
    throw badMultipart(`A path in "map" must have from 2 to ${MAX_SEGMENTS} segments, ${form}.`);
  }
  const last = segments.pop()!;
  let parent: unknown = operation;
  for (const segment of segments) parent = ownValue(parent, segment);
  if (!isObject(parent) || ownValue(parent, last) !== null) {
    throw badMultipart(`The field "map" names ${path}, where the operation does not have null.`);
  }
  Object.assign(parent, { [last]: upload });
}

/** Never what an object inherits. */
function ownValue(parent: unknown, key: string): unknown {
  return isObject(parent) ? own(parent, key) : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function parse(field: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw badMultipart(`The field "${field}" must be JSON.`, cause);
  }
}

export function badMultipart(message: string, cause?: unknown): InvalidInputError {
  return new InvalidInputError(message, { code: 'BAD_MULTIPART', cause });
}
