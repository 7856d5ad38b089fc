import { Field, Int, ObjectType, Query, Resolver, registerEnumType } from 'type-graphql';
import { ERROR_CODES, type ErrorCodeName } from '../errors/codes.ts';
import { listCost } from './cost.ts';

const CODES = Object.entries(ERROR_CODES) as [ErrorCodeName, (typeof ERROR_CODES)[ErrorCodeName]][];

const ErrorCode = Object.fromEntries(CODES.map(([code]) => [code, code])) as Record<
  ErrorCodeName,
  ErrorCodeName
>;
registerEnumType(ErrorCode, {
  name: 'ErrorCode',
  description: 'What is wrong, for programs: `extensions.code` of an error.',
  valuesConfig: Object.fromEntries(CODES.map(([code, { description }]) => [code, { description }])),
});

@ObjectType({ description: 'A code that errors can have.' })
class ErrorCodeInfo {
  @Field(() => ErrorCode, { description: 'The code.' })
  code!: ErrorCodeName;

  @Field(() => String, { description: 'What it means, in English.' })
  description!: string;

  @Field(() => Int, {
    description:
      'HTTP status of a request that is refused as a whole. An error of a single field leaves it at 200, unless the ' +
      'error says when to try again and no field has data.',
  })
  status!: number;
}

@Resolver()
export class ErrorCodeResolver {
  @Query(() => [ErrorCodeInfo], {
    complexity: listCost({ length: CODES.length }),
    description: 'Every code that `extensions.code` of an error can have.',
  })
  errorCodes(): ErrorCodeInfo[] {
    return CODES.map(([code, { description, status }]) => ({ code, description, status }));
  }
}
