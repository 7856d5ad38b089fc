/** What the tools stand on: the API, asked as the client who called them. */
export interface Api {
  /** Throws ToolError with the API's own code if anything of the answer is refused. */
  ask(query: string, variables: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** The value of an Upload variable. */
  upload(bytes: Buffer): unknown;
  /** The picture at an address that the API gave out; null if it is gone. */
  picture(url: string): Promise<Buffer | null>;
}

/** A refusal with a code that programs may act on. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
  readonly code: string;
  readonly retryAfter: number | undefined;

  constructor(code: string, message: string, retryAfter?: number) {
    super(message);
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** The first error of an answer, as GraphQL has it. */
export function toToolError({
  message,
  extensions,
}: {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}): ToolError {
  const { code, retryAfter } = extensions ?? {};
  return new ToolError(
    typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR',
    message,
    typeof retryAfter === 'number' ? retryAfter : undefined,
  );
}
