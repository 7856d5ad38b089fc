// Made by "npm run generate". Change what it is made from instead.
import { type ImportsPageQuery, type ImportsPageQueryVariables, type ImportJobByIdQuery, type ImportJobByIdQueryVariables, type ImportErrorsPageQuery, type ImportErrorsPageQueryVariables, type ImportErrorsLinkQuery, type ImportErrorsLinkQueryVariables, type ImportProgressSubscription, type ImportProgressSubscriptionVariables, type PreviewFeedMutation, type PreviewFeedMutationVariables, type PreviewAddressMutation, type PreviewAddressMutationVariables, type ImportStagedMutation, type ImportStagedMutationVariables, type CancelImportMutation, type CancelImportMutationVariables, type RetryImportMutation, type RetryImportMutationVariables, type RefreshImagesMutation, type RefreshImagesMutationVariables, TypedDocumentString } from '../graphql.ts';

export const ImportsPageDocument = new TypedDocumentString(`
    query ImportsPage($first: Int!, $after: String) {
  imports(first: $first, after: $after) {
    edges {
      node {
        ...ImportJobFields
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment ImportJobFields on ImportJob {
  id
  name
  kind
  state
  failure
  notes
  mode
  rowsTotal
  rowsRejected
  rowsUnchanged
  warningCount
  itemsReady
  itemsFailed
  itemsCancelled
  itemsPending
  itemsDeleted
  garmentCount
  itemsPerSecond
  percentage
  secondsLeft
  createdAt
  finishedAt
}`) as unknown as TypedDocumentString<ImportsPageQuery, ImportsPageQueryVariables>;
export const ImportJobByIdDocument = new TypedDocumentString(`
    query ImportJobById($id: ID!) {
  importJob(id: $id) {
    ...ImportJobFields
  }
}
    fragment ImportJobFields on ImportJob {
  id
  name
  kind
  state
  failure
  notes
  mode
  rowsTotal
  rowsRejected
  rowsUnchanged
  warningCount
  itemsReady
  itemsFailed
  itemsCancelled
  itemsPending
  itemsDeleted
  garmentCount
  itemsPerSecond
  percentage
  secondsLeft
  createdAt
  finishedAt
}`) as unknown as TypedDocumentString<ImportJobByIdQuery, ImportJobByIdQueryVariables>;
export const ImportErrorsPageDocument = new TypedDocumentString(`
    query ImportErrorsPage($id: ID!, $severity: ImportSeverity!, $after: Int, $first: Int!) {
  importJob(id: $id) {
    errors(after: $after, first: $first, severity: $severity) {
      row
      itemId
      column
      code
      reason
    }
  }
}
    `) as unknown as TypedDocumentString<ImportErrorsPageQuery, ImportErrorsPageQueryVariables>;
export const ImportErrorsLinkDocument = new TypedDocumentString(`
    query ImportErrorsLink($id: ID!) {
  importJob(id: $id) {
    errorsUrl
  }
}
    `) as unknown as TypedDocumentString<ImportErrorsLinkQuery, ImportErrorsLinkQueryVariables>;
export const ImportProgressDocument = new TypedDocumentString(`
    subscription ImportProgress($id: ID!) {
  importProgress(id: $id) {
    ...ImportJobFields
  }
}
    fragment ImportJobFields on ImportJob {
  id
  name
  kind
  state
  failure
  notes
  mode
  rowsTotal
  rowsRejected
  rowsUnchanged
  warningCount
  itemsReady
  itemsFailed
  itemsCancelled
  itemsPending
  itemsDeleted
  garmentCount
  itemsPerSecond
  percentage
  secondsLeft
  createdAt
  finishedAt
}`) as unknown as TypedDocumentString<ImportProgressSubscription, ImportProgressSubscriptionVariables>;
export const PreviewFeedDocument = new TypedDocumentString(`
    mutation PreviewFeed($feed: Upload!) {
  previewFeed(feed: $feed) {
    ...FeedPreviewFields
  }
}
    fragment FeedPreviewFields on FeedPreview {
  token
  name
  feedName
  format
  encoding
  separator
  system
  columns {
    name
    use
    field
  }
  notes
  rows {
    row
    item {
      id
      title
      price {
        amount
        currency
      }
      salePrice {
        amount
        currency
      }
      availability
      category
      unmatchedReason
      brand
      color
      size
      images
    }
    faults {
      itemId
      severity
      column
      reason
    }
  }
  isWhole
}`) as unknown as TypedDocumentString<PreviewFeedMutation, PreviewFeedMutationVariables>;
export const PreviewAddressDocument = new TypedDocumentString(`
    mutation PreviewAddress($url: String!) {
  previewFeed(url: $url) {
    ...FeedPreviewFields
  }
}
    fragment FeedPreviewFields on FeedPreview {
  token
  name
  feedName
  format
  encoding
  separator
  system
  columns {
    name
    use
    field
  }
  notes
  rows {
    row
    item {
      id
      title
      price {
        amount
        currency
      }
      salePrice {
        amount
        currency
      }
      availability
      category
      unmatchedReason
      brand
      color
      size
      images
    }
    faults {
      itemId
      severity
      column
      reason
    }
  }
  isWhole
}`) as unknown as TypedDocumentString<PreviewAddressMutation, PreviewAddressMutationVariables>;
export const ImportStagedDocument = new TypedDocumentString(`
    mutation ImportStaged($token: ID!, $mode: FeedMode!, $force: Boolean!) {
  importStaged(token: $token, mode: $mode, force: $force) {
    ...ImportJobFields
  }
}
    fragment ImportJobFields on ImportJob {
  id
  name
  kind
  state
  failure
  notes
  mode
  rowsTotal
  rowsRejected
  rowsUnchanged
  warningCount
  itemsReady
  itemsFailed
  itemsCancelled
  itemsPending
  itemsDeleted
  garmentCount
  itemsPerSecond
  percentage
  secondsLeft
  createdAt
  finishedAt
}`) as unknown as TypedDocumentString<ImportStagedMutation, ImportStagedMutationVariables>;
export const CancelImportDocument = new TypedDocumentString(`
    mutation CancelImport($id: ID!) {
  cancelImport(id: $id) {
    ...ImportJobFields
  }
}
    fragment ImportJobFields on ImportJob {
  id
  name
  kind
  state
  failure
  notes
  mode
  rowsTotal
  rowsRejected
  rowsUnchanged
  warningCount
  itemsReady
  itemsFailed
  itemsCancelled
  itemsPending
  itemsDeleted
  garmentCount
  itemsPerSecond
  percentage
  secondsLeft
  createdAt
  finishedAt
}`) as unknown as TypedDocumentString<CancelImportMutation, CancelImportMutationVariables>;
export const RetryImportDocument = new TypedDocumentString(`
    mutation RetryImport($id: ID!) {
  retryImport(id: $id) {
    ...ImportJobFields
  }
}
    fragment ImportJobFields on ImportJob {
  id
  name
  kind
  state
  failure
  notes
  mode
  rowsTotal
  rowsRejected
  rowsUnchanged
  warningCount
  itemsReady
  itemsFailed
  itemsCancelled
  itemsPending
  itemsDeleted
  garmentCount
  itemsPerSecond
  percentage
  secondsLeft
  createdAt
  finishedAt
}`) as unknown as TypedDocumentString<RetryImportMutation, RetryImportMutationVariables>;
export const RefreshImagesDocument = new TypedDocumentString(`
    mutation RefreshImages($itemIds: [ID!]) {
  refreshImages(itemIds: $itemIds) {
    ...ImportJobFields
  }
}
    fragment ImportJobFields on ImportJob {
  id
  name
  kind
  state
  failure
  notes
  mode
  rowsTotal
  rowsRejected
  rowsUnchanged
  warningCount
  itemsReady
  itemsFailed
  itemsCancelled
  itemsPending
  itemsDeleted
  garmentCount
  itemsPerSecond
  percentage
  secondsLeft
  createdAt
  finishedAt
}`) as unknown as TypedDocumentString<RefreshImagesMutation, RefreshImagesMutationVariables>;
