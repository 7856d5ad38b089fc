import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../../../server/errors/codes.ts';
import { ApiError } from '../../../../web/lib/api/errors.ts';
import { explain } from '../../../../web/lib/explain.ts';
import { LANGUAGES } from '../../../../web/lib/i18n/languages.ts';
import { tellError } from '../../../../web/lib/i18n/tell-error.ts';
import { wordsOf } from './i18n/words-of.ts';

const SERVER = new URL('../../../../server/', import.meta.url).pathname;
const WEB = new URL('../../../../web/', import.meta.url).pathname;

/** All error codes that the server's source names. */
function serverCodes(): string[] {
  const files = readdirSync(SERVER, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const named = files.flatMap((name) =>
    [
      ...readFileSync(join(SERVER, name), 'utf8').matchAll(
        /(?:code: |Error\(|super\(\s*)'([A-Z][A-Z_]{3,})'/g,
      ),
    ].map(([, code]) => code!),
  );
  return [...new Set([...named, 'INTERNAL_SERVER_ERROR', 'A_CODE_OF_TOMORROW'])];
}

const SAID = 'The third button of the coat is missing.';

describe('explain', () => {
  it.each(serverCodes())("shows the server's own sentence for %s", (code) => {
    expect(explain(new ApiError(code, SAID)).advice.startsWith(SAID)).toBe(true);
  });

  it('adds what to do after a full stop', () => {
    const { advice } = explain(new ApiError('FEED_TOO_LARGE', 'The feed has 700 MB'));
    expect(advice).toMatch(/^The feed has 700 MB\. Split it/);
  });

  it('says how long to wait, once', () => {
    expect(explain(new ApiError('BUSY', 'Too many images are waiting.', 7)).advice).toContain('(About 7 s.)');
    const { advice } = explain(new ApiError('RATE_LIMITED', 'Try again in 7 s.', 7));
    expect(advice.match(/7 s/g)).toHaveLength(1);
  });

  it.each(['BUSY', 'RATE_LIMITED', 'UNAVAILABLE', 'UNREACHABLE', 'INTERNAL_SERVER_ERROR'])(
    'offers to retry %s',
    (code) => {
      expect(explain(new ApiError(code, SAID)).retry).toBe(true);
    },
  );

  it('never is without words', () => {
    expect(explain(new ApiError('A_CODE_OF_TOMORROW', '')).advice).not.toBe('');
  });

  it('is not shown by its title alone, which has none of what the server said', () => {
    const files = readdirSync(WEB, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /^(?:app|components|lib).*\.tsx?$/.test(name),
    );
    const titleAlone = files.filter((name) => {
      const source = readFileSync(join(WEB, name), 'utf8');
      return /explain\([^;]*\)\.title/.test(source) && !/explain\([^;]*\)\.advice/.test(source);
    });
    expect(titleAlone).toEqual([]);
  });
});

/** Codes that no shopper's page can get: of what only a shop's staff may ask for, or of programs alone. */
const NOT_FOR_SHOPPERS = new Set([
  'FEED_GONE',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'IMPORT_RUNNING',
  'LAST_ADMIN_KEY',
  'METHOD_NOT_ALLOWED',
  'MODEL_NOT_USABLE',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'PREVIEW_EXPIRED',
  'TOO_MANY_EVENTS',
  'TOO_MANY_RULES',
  'TOO_MANY_SLOTS',
  'TOO_MANY_WEBHOOKS',
  'UNKNOWN_ITEM',
  'UPGRADE_REFUSED',
  'WANTS_EVENT_STREAM',
  'WEBHOOK_DISABLED',
]);

describe.each(LANGUAGES)('tellError in %s', (language) => {
  it('has a reason for every code that a shopper may get', () => {
    const words = wordsOf(language);
    const without = Object.keys(ERROR_CODES)
      .filter((code) => !NOT_FOR_SHOPPERS.has(code))
      .filter((code) => tellError(new ApiError(code, ''), words).advice === words.t('error.OTHER.told'));
    expect(without).toEqual([]);
  });
});
