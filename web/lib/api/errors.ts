/** A failed request: the server's coded error, or why the server was not reached. */
export class ApiError extends Error {
  readonly code: string;
  /** Seconds after which a busy server should be asked again. */
  readonly retryAfter: number | null;

  constructor(code: string, message: string, retryAfter: number | null = null, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ApiError';
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

interface GraphQLErrorBody {
  message?: unknown;
  extensions?: { code?: unknown; retryAfter?: unknown };
}

/** The data of a GraphQL response body, or its error. `status` is the HTTP status. */
export function readBody<TResult>(status: number, body: unknown): TResult {
  const { data, errors } = (body ?? {}) as { data?: TResult | null; errors?: GraphQLErrorBody[] };
  const [first] = errors ?? [];
  if (first) {
    const code = typeof first.extensions?.code === 'string' ? first.extensions.code : 'INTERNAL_SERVER_ERROR';
    const wait = first.extensions?.retryAfter;
    throw new ApiError(code, String(first.message ?? ''), typeof wait === 'number' ? wait : null);
  }
  if (status === 413) throw new ApiError('FILE_TOO_LARGE', 'The file is larger than the server takes.');
  if (status === 429 || status === 503) throw new ApiError('BUSY', 'The server is busy.');
  if (status >= 400 || !data) throw new ApiError('INTERNAL_SERVER_ERROR', `The server answered ${status}.`);
  return data;
}

export function toApiError(cause: unknown): ApiError {
  if (cause instanceof ApiError) return cause;
  return new ApiError('UNREACHABLE', 'The server could not be reached.', null, { cause });
}
