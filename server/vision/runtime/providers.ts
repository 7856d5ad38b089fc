/** Where the model can run: the names in EXECUTION_PROVIDERS, and onnxruntime's names for them. */
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
 * What onnxruntime is asked for. `cpu` is never listed as a fallback: onnxruntime would then silently skip a provider
 * missing from its build. Nodes that a provider does not support run on the CPU in any case.
 */
export function nativeProvider(provider: Provider): string {
  return NATIVE[provider];
}

/** None of the requested providers could be used; the message gives the reason for each. */
export class ProviderError extends Error {
  constructor(failures: readonly string[]) {
    super(`EXECUTION_PROVIDERS: none of them can be used here\n${failures.join('\n')}`);
    this.name = 'ProviderError';
  }
}

/**
 * The first provider with which `open` succeeds, what it opened, and why those before it failed. An error for which
 * `isFinal` holds has nothing to do with the provider and is rethrown. Throws ProviderError if none is left.
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
