/** The store of pictures and uploads cannot be reached or does not answer: nobody's fault, and passing. */
export class StoreUnavailableError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'StoreUnavailableError';
  }
}
