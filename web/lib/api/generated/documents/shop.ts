// Made by "npm run generate". Change what it is made from instead.
import { type ShopOverviewQuery, type ShopOverviewQueryVariables, type RenameShopMutation, type RenameShopMutationVariables, type SetShopLanguageMutation, type SetShopLanguageMutationVariables, type RemoveDrawnItemsMutation, type RemoveDrawnItemsMutationVariables, type ShopWordsQuery, type ShopWordsQueryVariables, TypedDocumentString } from '../graphql.ts';

export const ShopOverviewDocument = new TypedDocumentString(`
    query ShopOverview {
  shop {
    id
    name
    currency
    isDemo
    language
    drawnItemCount
    itemCount
    pendingCount
    categories {
      category
      count
    }
    facets {
      ...ShopFacetsFields
    }
  }
}
    fragment ShopFacetsFields on ShopFacets {
  categories {
    value
    count
  }
  colors {
    value
    count
  }
  brands {
    value
    count
  }
  sizes {
    value
    count
  }
  genders {
    value
    count
  }
  ageGroups {
    value
    count
  }
  patterns {
    value
    count
  }
  sleeves {
    value
    count
  }
  availability {
    value
    count
  }
}`) as unknown as TypedDocumentString<ShopOverviewQuery, ShopOverviewQueryVariables>;
export const RenameShopDocument = new TypedDocumentString(`
    mutation RenameShop($name: String!) {
  renameShop(name: $name) {
    id
    name
  }
}
    `) as unknown as TypedDocumentString<RenameShopMutation, RenameShopMutationVariables>;
export const SetShopLanguageDocument = new TypedDocumentString(`
    mutation SetShopLanguage($language: Language) {
  setShopLanguage(language: $language) {
    id
    language
  }
}
    `) as unknown as TypedDocumentString<SetShopLanguageMutation, SetShopLanguageMutationVariables>;
export const RemoveDrawnItemsDocument = new TypedDocumentString(`
    mutation RemoveDrawnItems {
  removeDrawnItems
}
    `) as unknown as TypedDocumentString<RemoveDrawnItemsMutation, RemoveDrawnItemsMutationVariables>;
export const ShopWordsDocument = new TypedDocumentString(`
    query ShopWords {
  shop {
    brands
    colors
  }
}
    `) as unknown as TypedDocumentString<ShopWordsQuery, ShopWordsQueryVariables>;
