import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ApolloServerErrorCode } from '@apollo/server/errors';
import { expect, it } from 'vitest';
import { ERROR_CODES } from '../../../../server/errors/codes.ts';
import { statusOf } from '../../../../server/errors/status.ts';

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
