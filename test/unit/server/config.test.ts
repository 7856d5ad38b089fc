import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../server/config.ts';

describe('loadConfig', () => {
  it('has a default for everything', () => {
    expect(loadConfig({})).toMatchObject({
      port: 4000,
      host: '127.0.0.1',
      databaseUrl: undefined,
      photoTtlHours: 24,
      limits: { photoBytes: 20 * 1024 * 1024 },
    });
  });

  it('takes an empty variable for the default', () => {
    expect(loadConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 4000, databaseUrl: undefined });
  });

  it('reads where to run the model, the preferred first', () => {
    expect(loadConfig({}).providers).toEqual(['cpu']);
    expect(loadConfig({ EXECUTION_PROVIDERS: 'TensorRT, cuda,cpu' }).providers).toEqual([
      'tensorrt',
      'cuda',
      'cpu',
    ]);
  });

  it('reads the pages’ public origin, without a path', () => {
    expect(loadConfig({}).publicOrigin).toBeNull();
    expect(loadConfig({ PUBLIC_ORIGIN: 'https://shop.example/' }).publicOrigin).toBe('https://shop.example');
    expect(() => loadConfig({ PUBLIC_ORIGIN: 'shop.example' })).toThrow(/PUBLIC_ORIGIN/);
  });

  it('cannot be changed afterwards', () => {
    const config = loadConfig({});
    expect(Object.isFrozen(config) && Object.isFrozen(config.limits)).toBe(true);
  });

  it.each([
    ['PORT', '99999'],
    ['CORS_ORIGINS', 'https://shop.example,foo'],
    ['CORS_ORIGINS', 'https://shop.example/path'],
    ['PORT', 'http'],
    ['DATABASE_URL', 'mysql://host/db'],
    ['PHOTO_TTL_HOURS', '-1'],
    ['LOG', 'loud'],
    ['WEB', 'perhaps'],
    ['MAX_PHOTO_MB', '1.5'],
    ['EXECUTION_PROVIDERS', 'gpu'],
    ['EXECUTION_PROVIDERS', 'cuda,warp'],
    ['EXECUTION_PROVIDERS', ','],
  ])('names the variable where %s is %s', (name, value) => {
    expect(() => loadConfig({ [name]: value })).toThrow(new RegExp(`^${name}[.\\d]*: `, 'm'));
  });

  it('names every bad variable at once', () => {
    expect(() => loadConfig({ PORT: 'x', LOG: 'x' })).toThrow(/PORT: .*\nLOG: /);
  });
});
