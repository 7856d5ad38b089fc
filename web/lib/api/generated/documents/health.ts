// Made by "npm run generate". Change what it is made from instead.
import { type HealthQuery, type HealthQueryVariables, TypedDocumentString } from '../graphql.ts';

export const HealthDocument = new TypedDocumentString(`
    query Health {
  retrievalHealth {
    measuredAt
    engine
    model
    recallAt20
    sample
    index {
      vectors
      bytes
      builtAt
      latestAt
      deadRows
      vacuumedAt
      isValid
    }
    queue {
      waiting
      running
      oldestSeconds
    }
    items {
      ready
      pending
      failed
    }
  }
}
    `) as unknown as TypedDocumentString<HealthQuery, HealthQueryVariables>;
