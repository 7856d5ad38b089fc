// Made by "npm run generate". Change what it is made from instead.
import { type RulesPageQuery, type RulesPageQueryVariables, type SetRuleMutation, type SetRuleMutationVariables, type RemoveRuleMutation, type RemoveRuleMutationVariables, type RestoreRuleMutation, type RestoreRuleMutationVariables, type PreviewRuleQuery, type PreviewRuleQueryVariables, type CompareRulesQuery, type CompareRulesQueryVariables, TypedDocumentString } from '../graphql.ts';

export const RulesPageDocument = new TypedDocumentString(`
    query RulesPage($state: RuleState, $first: Int!, $after: String) {
  rules(state: $state, first: $first, after: $after) {
    edges {
      node {
        ...RuleFields
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment ItemCardFields on Item {
  id
  title
  brand
  price {
    amount
    currency
  }
  salePrice {
    amount
    currency
  }
  availability
  state
  failure
  imageUrl
  isDrawn
}
fragment RuleFields on Rule {
  id
  kind
  target {
    itemId
    category
    brand
    attribute {
      name
      value
    }
    item {
      ...ItemCardFields
    }
  }
  searchCategories
  position
  strength
  includeOutOfStock
  startsAt
  endsAt
  note
  state
  updatedAt
  problem
}`) as unknown as TypedDocumentString<RulesPageQuery, RulesPageQueryVariables>;
export const SetRuleDocument = new TypedDocumentString(`
    mutation SetRule($rule: RuleInput!) {
  setRule(rule: $rule) {
    ...RuleFields
  }
}
    fragment ItemCardFields on Item {
  id
  title
  brand
  price {
    amount
    currency
  }
  salePrice {
    amount
    currency
  }
  availability
  state
  failure
  imageUrl
  isDrawn
}
fragment RuleFields on Rule {
  id
  kind
  target {
    itemId
    category
    brand
    attribute {
      name
      value
    }
    item {
      ...ItemCardFields
    }
  }
  searchCategories
  position
  strength
  includeOutOfStock
  startsAt
  endsAt
  note
  state
  updatedAt
  problem
}`) as unknown as TypedDocumentString<SetRuleMutation, SetRuleMutationVariables>;
export const RemoveRuleDocument = new TypedDocumentString(`
    mutation RemoveRule($id: ID!) {
  removeRule(id: $id) {
    ...RuleFields
  }
}
    fragment ItemCardFields on Item {
  id
  title
  brand
  price {
    amount
    currency
  }
  salePrice {
    amount
    currency
  }
  availability
  state
  failure
  imageUrl
  isDrawn
}
fragment RuleFields on Rule {
  id
  kind
  target {
    itemId
    category
    brand
    attribute {
      name
      value
    }
    item {
      ...ItemCardFields
    }
  }
  searchCategories
  position
  strength
  includeOutOfStock
  startsAt
  endsAt
  note
  state
  updatedAt
  problem
}`) as unknown as TypedDocumentString<RemoveRuleMutation, RemoveRuleMutationVariables>;
export const RestoreRuleDocument = new TypedDocumentString(`
    mutation RestoreRule($id: ID!) {
  restoreRule(id: $id) {
    ...RuleFields
  }
}
    fragment ItemCardFields on Item {
  id
  title
  brand
  price {
    amount
    currency
  }
  salePrice {
    amount
    currency
  }
  availability
  state
  failure
  imageUrl
  isDrawn
}
fragment RuleFields on Rule {
  id
  kind
  target {
    itemId
    category
    brand
    attribute {
      name
      value
    }
    item {
      ...ItemCardFields
    }
  }
  searchCategories
  position
  strength
  includeOutOfStock
  startsAt
  endsAt
  note
  state
  updatedAt
  problem
}`) as unknown as TypedDocumentString<RestoreRuleMutation, RestoreRuleMutationVariables>;
export const PreviewRuleDocument = new TypedDocumentString(`
    query PreviewRule($rule: RuleInput!, $to: SimilarTo!, $filter: ItemFilter, $first: Int!) {
  previewRule(rule: $rule, to: $to, filter: $filter, first: $first) {
    before {
      score
      item {
        ...ItemCardFields
      }
    }
    after {
      score
      item {
        ...ItemCardFields
      }
    }
    changes {
      item {
        id
      }
      from
      to
    }
  }
}
    fragment ItemCardFields on Item {
  id
  title
  brand
  price {
    amount
    currency
  }
  salePrice {
    amount
    currency
  }
  availability
  state
  failure
  imageUrl
  isDrawn
}`) as unknown as TypedDocumentString<PreviewRuleQuery, PreviewRuleQueryVariables>;
export const CompareRulesDocument = new TypedDocumentString(`
    query CompareRules($to: SimilarTo!, $filter: ItemFilter, $minScore: Float, $first: Int!) {
  compareRules(to: $to, filter: $filter, minScore: $minScore, first: $first) {
    before {
      score
      item {
        ...ItemCardFields
      }
    }
    after {
      score
      item {
        ...ItemCardFields
      }
    }
    changes {
      item {
        id
      }
      from
      to
    }
  }
}
    fragment ItemCardFields on Item {
  id
  title
  brand
  price {
    amount
    currency
  }
  salePrice {
    amount
    currency
  }
  availability
  state
  failure
  imageUrl
  isDrawn
}`) as unknown as TypedDocumentString<CompareRulesQuery, CompareRulesQueryVariables>;
