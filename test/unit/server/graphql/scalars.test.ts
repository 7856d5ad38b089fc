import { Kind } from 'graphql';
import { expect, it } from 'vitest';
import { DateTime } from '../../../../server/graphql/scalars.ts';

it('times lie in years of four digits, also in UTC', () => {
  for (const time of ['0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '2026-11-30T12:00:00+01:00']) {
    expect(DateTime.serialize(DateTime.parseValue(time))).toEqual(new Date(time));
  }
  for (const time of ['0000-06-01T00:00:00Z', '0001-01-01T00:00:00+01:00', '9999-12-31T23:59:59-01:00']) {
    expect(() => DateTime.parseValue(time)).toThrow('years 0001 to 9999');
    expect(() => DateTime.parseLiteral({ kind: Kind.STRING, value: time }, {})).toThrow('years 0001 to 9999');
  }
});
