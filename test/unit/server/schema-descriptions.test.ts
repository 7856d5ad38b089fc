import 'reflect-metadata';
import { isEnumType, isInputObjectType, isInterfaceType, isIntrospectionType, isObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { makeSchema } from '../../../server/schema.ts';

/** Their values and names say all there is to say. */
const PLAIN = ['Query', 'Mutation', 'Subscription', 'String', 'ID', 'Int', 'Float', 'Boolean'];

test('every type, field and argument of the schema is described in whole sentences', async () => {
  const faults: string[] = [];
  const check = (name: string, description: string | null | undefined) => {
    if (!/^[A-Z`"−].*[.)]$/s.test(description ?? '')) faults.push(`${name}: ${description}`);
  };
  for (const type of Object.values((await makeSchema()).getTypeMap())) {
    if (isIntrospectionType(type) || PLAIN.includes(type.name)) continue;
    check(type.name, type.description);
  }
  for (const type of Object.values((await makeSchema()).getTypeMap())) {
    if (isIntrospectionType(type)) continue;
    if (isEnumType(type)) {
      for (const { name, description } of type.getValues()) {
        if (description) check(`${type.name}.${name}`, description);
      }
    }
    if (!isObjectType(type) && !isInputObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      check(`${type.name}.${field.name}`, field.description);
      if (!('args' in field)) continue;
      for (const { name, description } of field.args)
        check(`${type.name}.${field.name}(${name})`, description);
    }
  }
  expect(faults).toEqual([]);
});

test('what is deprecated says what to use instead, which is there', async () => {
  const faults: string[] = [];
  let deprecated = 0;
  for (const type of Object.values((await makeSchema()).getTypeMap())) {
    if (!isObjectType(type) && !isInputObjectType(type) && !isInterfaceType(type)) continue;
    const fields = type.getFields();
    for (const { name, deprecationReason } of Object.values(fields)) {
      if (!deprecationReason) continue;
      deprecated += 1;
      const instead = /^Use (\w+)\.$/.exec(deprecationReason)?.[1];
      if (instead === undefined || !(instead in fields) || fields[instead]!.deprecationReason)
        faults.push(`${type.name}.${name}: ${deprecationReason}`);
    }
  }
  expect(faults).toEqual([]);
  expect(deprecated).toBeGreaterThan(0);
});
