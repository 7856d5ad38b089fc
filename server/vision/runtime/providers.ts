/** Where the model can run: the names of EXECUTION_PROVIDERS, and what onnxruntime calls them. */
const NATIVE = {
  cpu: 'cpu',
  cuda: 'cuda',
  tensorrt: 'tensorrt',
  webgpu: 'webgpu',
  directml: 'dml',
  coreml: 'coreml',
} as const;

export type Provider = keyof typeof NATIVE;

export const PROVIDERS = Object.keys(NATIVE) as Provider[];

/**
 * What onnxruntime is asked for. Never with `cpu` behind it: it would then leave out, without a word, a provider that
 * its build does not have. Nodes that a provider does not know run on the processor all the same.
 */
export function nativeProvider(provider: Provider): string {
  return NATIVE[provider];
}

/** None of the wanted providers could be used; the message has each one's reason. */
export class ProviderError extends Error {
  constructor(failures: readonly string[]) {
    super(`EXECUTION_PROVIDERS: none of them can be used here\n${failures.join('\n')}`);
    this.name = 'ProviderError';
  }
}

/**
 * The first provider with which `open` succeeds, what it opened, and why those before it did not. An error for which `isFinal` holds is no fault
 * of the provider and is thrown as it is. Throws ProviderError when none is left.
 */
export async function openFirst<T>(
  providers: readonly Provider[],
  open: (provider: Provider) => Promise<T>,
  isFinal: (error: unknown) => boolean = () => false,
): Promise<{ provider: Provider; passedOver: readonly string[]; opened: T }> {
  const passedOver: string[] = [];
  for (const provider of providers) {
    try {
      return { provider, opened: await open(provider), passedOver };
    } catch (error) {
      if (isFinal(error)) throw error;
      const message = error instanceof Error ? error.message : String(error);
      passedOver.push(`${provider}: ${message.split('\n')[0]}`);
    }
  }
  throw new ProviderError(passedOver);
}
