import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ApolloServerErrorCode } from '@apollo/server/errors';
import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../../../server/errors/codes.ts';
import { maskErrors } from '../../../../server/errors/mask-error.ts';
import { isOutage } from '../../../../server/errors/outage.ts';
import { statusOf } from '../../../../server/errors/status.ts';
import { isUnavailable } from '../../../../server/errors/unavailable.ts';

const SERVER = fileURLToPath(new URL('../../../../server', import.meta.url));

it('the list has every code that Apollo gives of its own accord', () => {
  expect(Object.keys(ERROR_CODES)).toEqual(expect.arrayContaining(Object.values(ApolloServerErrorCode)));
});

it('the list has no code that nothing gives', () => {
  const texts = readdirSync(SERVER, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && path !== 'errors/codes.ts')
    .map((path) => readFileSync(`${SERVER}/${path}`, 'utf8'))
    .join('\n');
  const ours = Object.keys(ERROR_CODES).filter(
    (code) => !Object.values<string>(ApolloServerErrorCode).includes(code),
  );
  expect(ours.filter((code) => !new RegExp(`'${code}'`).test(texts))).toEqual([]);
});

it('codes have their status; what is none of ours is the client’s', () => {
  expect([statusOf('RATE_LIMITED'), statusOf('NOT_FOUND'), statusOf('constructor')]).toEqual([429, 404, 400]);
});

describe('a connection that was lost', () => {
  const coded = (code: string) => Object.assign(new Error(`read ${code}`), { code });
  const lost = [
    ...'ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT ENETUNREACH ENOTFOUND EAI_AGAIN'.split(' ').map(coded),
    new Error('Connection terminated unexpectedly'),
    new Error('Client has encountered a connection error and is not queryable'),
    new AggregateError([coded('ECONNREFUSED')]),
    new Error('The file could not be read.', { cause: coded('ECONNRESET') }),
  ];

  it.each(lost)('is told as such, and the task waits: %s', (error) => {
    const log = { info: () => undefined, error: () => 'ref' };
    // As Apollo has it of a plugin's error, and of a resolver's.
    for (const path of [undefined, ['items']]) {
      const wrapped = new GraphQLError(error.message, { originalError: error, path });
      const formatted = { message: error.message, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
      expect(maskErrors(log)(formatted, wrapped).extensions).toMatchObject({
        code: 'UNAVAILABLE',
        retryAfter: 10,
      });
    }
    expect(isOutage(error)).toBe(true);
  });

  it('is no other fault', () => {
    const other = [
      coded('ENOENT'),
      new Error('Invalid connection name'),
      new TypeError('x is not a function'),
    ];
    expect(other.flatMap((error) => [isUnavailable(error), isOutage(error)])).not.toContain(true);
  });
});
