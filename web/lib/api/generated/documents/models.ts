// Made by "npm run generate". Change what it is made from instead.
import { type ModelsQuery, type ModelsQueryVariables, type CompareModelsQuery, type CompareModelsQueryVariables, type PromoteModelMutation, type PromoteModelMutationVariables, type RollBackModelMutation, type RollBackModelMutationVariables, type DropModelMutation, type DropModelMutationVariables, TypedDocumentString } from '../graphql.ts';

export const ModelsDocument = new TypedDocumentString(`
    query Models {
  models {
    ...ModelFields
  }
}
    fragment ModelFields on EmbeddingModel {
  id
  name
  state
  isInUse
  isLoaded
  garments
  embedded
  failed
  createdAt
}`) as unknown as TypedDocumentString<ModelsQuery, ModelsQueryVariables>;
export const CompareModelsDocument = new TypedDocumentString(`
    query CompareModels($id: ID!, $sample: Int!) {
  compareModels(id: $id, sample: $sample) {
    sample
    overlap
    rankChange
    examples {
      overlap
      item {
        ...ItemCardFields
      }
      before {
        ...ItemCardFields
      }
      after {
        ...ItemCardFields
      }
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
}`) as unknown as TypedDocumentString<CompareModelsQuery, CompareModelsQueryVariables>;
export const PromoteModelDocument = new TypedDocumentString(`
    mutation PromoteModel($id: ID!) {
  promoteModel(id: $id) {
    ...ModelFields
  }
}
    fragment ModelFields on EmbeddingModel {
  id
  name
  state
  isInUse
  isLoaded
  garments
  embedded
  failed
  createdAt
}`) as unknown as TypedDocumentString<PromoteModelMutation, PromoteModelMutationVariables>;
export const RollBackModelDocument = new TypedDocumentString(`
    mutation RollBackModel {
  rollBackModel {
    ...ModelFields
  }
}
    fragment ModelFields on EmbeddingModel {
  id
  name
  state
  isInUse
  isLoaded
  garments
  embedded
  failed
  createdAt
}`) as unknown as TypedDocumentString<RollBackModelMutation, RollBackModelMutationVariables>;
export const DropModelDocument = new TypedDocumentString(`
    mutation DropModel($id: ID!) {
  dropModel(id: $id) {
    ...ModelFields
  }
}
    fragment ModelFields on EmbeddingModel {
  id
  name
  state
  isInUse
  isLoaded
  garments
  embedded
  failed
  createdAt
}`) as unknown as TypedDocumentString<DropModelMutation, DropModelMutationVariables>;
