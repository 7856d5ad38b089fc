import { expect, it } from 'vitest';
import { toLiteral, withValues } from '../../../../server/db/statement.ts';
import { InvalidInputError } from '../../../../server/errors/errors.ts';

it.each([
  [null, 'null'],
  [undefined, 'null'],
  [7, `'7'`],
  [true, `'true'`],
  ["O'Neil", `'O''Neil'`],
  ['a\\b', ` E'a\\\\b'`],
  [['a', null, 2], `'{"a",null,"2"}'`],
  [['null', `"'`], ` E'{"null","\\\\"''"}'`],
])('writes %j as SQL', (value, sql) => {
  expect(toLiteral(value)).toBe(sql);
});

it('refuses the character NUL, which would end the message', () => {
  for (const value of ['a\0b', ['a\0b']]) expect(() => toLiteral(value)).toThrow(InvalidInputError);
});

it('puts each value in its place, whatever is in it', () => {
  const values = ['$2', ...Array.from({ length: 9 }, (_, i) => i)];
  expect(withValues({ text: 'select $1, $10, $2', values })).toBe(`select '$2', '8', '0'`);
});
