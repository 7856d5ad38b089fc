/** Odd arguments for every type of the schema. */
import fc from 'fast-check';
import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';

const ODD_TEXTS = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud83d',
  'x\udc00y',
  '\ufffe',
  '\u202eabc',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'NaN',
  '-1',
  '1e309',
  "'; drop table items; --",
  "a' & !b | (c <-> d):*",
  '\\',
  '"',
  '%',
  '%00',
  '../../etc/passwd',
  '<script>',
  '🧥'.repeat(60),
  'x'.repeat(201),
  'word '.repeat(40),
  'x'.repeat(20_000),
  '00000000-0000-4000-8000-000000000000',
  '00000000-0000-4000-8000-00000000000G',
  Buffer.from('[1]').toString('base64url'),
  Buffer.from('[1,"x",{},null]').toString('base64url'),
  // Ids of outfits: of nothing, of a garment that there is not, and with a slot and an item of no name.
  Buffer.from([1, 0]).toString('base64url'),
  Buffer.from([1, 1, 1, 1, ...Array<number>(16).fill(0xff)]).toString('base64url'),
  Buffer.from([1, 1, 0, 255, 0, 0, 0, 0]).toString('base64url'),
  'outerwear',
  'top',
  'dress',
  'bottom',
  'EUR',
  'eu',
  '19.90 EUR',
  'https://127.0.0.1/',
  '*.shop.example',
];
const TIMES = [
  '2026-01-31T12:00:00Z',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '+012026-01-01T00:00:00Z',
  '-000001-01-01T00:00:00Z',
  '2026-02-30T00:00:00Z',
  '2026-01-01T24:00:00Z',
  '2026-01-01T00:00:00+23:59',
  'today',
  '',
];
const INTS = [0, 1, -1, 2, 24, 100, 101, 1000, 1001, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 0.5];
const FLOATS = [
  0,
  -0,
  1,
  -1,
  0.5,
  1e-300,
  -1e-300,
  1e-46,
  1e300,
  1.7976931348623157e308,
  5e-324,
  16,
  40,
  1e9,
  1e9 + 1,
];

const odd = (...arbitraries: fc.Arbitrary<unknown>[]) => fc.oneof(...arbitraries);
const wrong = odd(
  fc.constant(null),
  fc.constant(true),
  fc.constant(7),
  fc.constant('x'),
  fc.constant([]),
  fc.constant({}),
  fc.constant(JSON.parse('{"__proto__": 1, "constructor": {}}') as unknown),
);

/** A value for a type: mostly of its form, and as odd as that form allows. `names` are ids that there are. */
export function valueFor(type: GraphQLInputType, names: readonly string[], depth = 4): fc.Arbitrary<unknown> {
  if (isNonNullType(type)) return formed(type.ofType, names, depth);
  return fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(null, undefined) },
    { weight: 4, arbitrary: formed(type, names, depth) },
  );
}

function formed(type: GraphQLInputType, names: readonly string[], depth: number): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 30, arbitrary: ofForm(type, names, depth) }, { weight: 1, arbitrary: wrong });
}

function ofForm(type: GraphQLInputType, names: readonly string[], depth: number): fc.Arbitrary<unknown> {
  if (isNonNullType(type)) return ofForm(type.ofType, names, depth);
  if (isListType(type)) {
    return fc.oneof(
      { weight: 8, arbitrary: fc.array(valueFor(type.ofType, names, depth), { maxLength: 3 }) },
      { weight: 1, arbitrary: valueFor(type.ofType, names, depth).map((value) => Array(60).fill(value)) },
    );
  }
  if (isEnumType(type)) {
    const values = type.getValues().map(({ name }) => name);
    return fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom(...values) },
      { weight: 1, arbitrary: fc.constantFrom('NO_SUCH', 'constructor', '__proto__') },
    );
  }
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    if (!type.isOneOf) return objectOf(fields, names, depth);
    return fc.oneof(
      {
        weight: 10,
        arbitrary: fc
          .constantFrom(...fields)
          .chain((field) => formed(field.type, names, depth - 1).map((value) => ({ [field.name]: value }))),
      },
      { weight: 1, arbitrary: objectOf(fields, names, depth) },
    );
  }
  return scalar(type.name, names);
}

export function objectOf(
  fields: readonly (GraphQLInputField | GraphQLArgument)[],
  names: readonly string[],
  depth = 4,
): fc.Arbitrary<Record<string, unknown>> {
  const given = fields.filter((field) => depth > 0 || isNonNullType(field.type));
  return fc.record(
    Object.fromEntries(given.map((field) => [field.name, valueFor(field.type, names, depth - 1)])),
  );
}

function scalar(name: string, names: readonly string[]): fc.Arbitrary<unknown> {
  const texts = fc.oneof(fc.constantFrom(...ODD_TEXTS), fc.string({ unit: 'binary', maxLength: 60 }));
  switch (name) {
    case 'Int':
      return fc.constantFrom(...INTS);
    case 'Float':
      return fc.oneof(fc.constantFrom(...FLOATS), fc.double({ noNaN: true, noDefaultInfinity: true }));
    case 'Boolean':
      return fc.boolean();
    case 'DateTime':
      return fc.constantFrom<unknown>(...TIMES, 0, 1e20);
    case 'ID':
      return fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: texts });
    default:
      return fc.oneof({ weight: 1, arbitrary: fc.constantFrom(...names) }, { weight: 6, arbitrary: texts });
  }
}
