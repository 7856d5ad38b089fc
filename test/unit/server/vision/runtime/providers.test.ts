import { describe, expect, it } from 'vitest';
import { openFirst, ProviderError } from '../../../../../server/vision/runtime/providers.ts';
import { openVision } from '../../../../../server/vision/vision.ts';

describe('openFirst', () => {
  it('takes the first that opens, and tells why the others did not', async () => {
    const tried: string[] = [];
    const found = await openFirst(['tensorrt', 'cuda', 'cpu'], async (provider) => {
      tried.push(provider);
      if (provider === 'tensorrt') throw new Error('no library\nat line 3');
      return provider;
    });
    expect(found).toEqual({ provider: 'cuda', opened: 'cuda', passedOver: ['tensorrt: no library'] });
    expect(tried).toEqual(['tensorrt', 'cuda']);
  });

  it('fails with every reason where none opens, and never falls back on what was not asked for', async () => {
    const failed = openFirst(['webgpu', 'cuda'], (provider) => Promise.reject(new Error(`no ${provider}`)));
    await expect(failed).rejects.toThrow(/EXECUTION_PROVIDERS.*\nwebgpu: no webgpu\ncuda: no cuda$/);
    await expect(failed).rejects.toBeInstanceOf(ProviderError);
  });

  it('does not try on where the fault is the model', async () => {
    const fault = new TypeError('a damaged file');
    const failed = openFirst(
      ['cuda', 'cpu'],
      () => Promise.reject(fault),
      (error) => error === fault,
    );
    await expect(failed).rejects.toBe(fault);
  });
});

describe('openVision', () => {
  // CoreML is on no machine but Apple's, DirectML on none but Windows'.
  const absent = process.platform === 'darwin' ? 'directml' : 'coreml';

  it('runs on the processor where what was wanted before it cannot be loaded, and says so', async () => {
    const vision = await openVision({ modelDir: 'model/weights', providers: [absent, 'cpu'] });
    expect(vision.serving.provider).toBe('cpu');
    expect(vision.serving.passedOver).toEqual([expect.stringContaining(`${absent}: `)]);
    await vision.close();
  });

  it('refuses to start where nothing that was asked for is there', async () => {
    await expect(openVision({ modelDir: 'model/weights', providers: [absent] })).rejects.toBeInstanceOf(
      ProviderError,
    );
  });
});
