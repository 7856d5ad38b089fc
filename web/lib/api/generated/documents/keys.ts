// Made by "npm run generate". Change what it is made from instead.
import { type ViewerOfKeyQuery, type ViewerOfKeyQueryVariables, type KeysQuery, type KeysQueryVariables, type CreateKeyMutation, type CreateKeyMutationVariables, type RevokeKeyMutation, type RevokeKeyMutationVariables, type SetHoldOutMutation, type SetHoldOutMutationVariables, TypedDocumentString } from '../graphql.ts';

export const ViewerOfKeyDocument = new TypedDocumentString(`
    query ViewerOfKey {
  viewer {
    role
  }
  shop {
    name
  }
}
    `) as unknown as TypedDocumentString<ViewerOfKeyQuery, ViewerOfKeyQueryVariables>;
export const KeysDocument = new TypedDocumentString(`
    query Keys {
  keys {
    ...AccessKeyFields
  }
}
    fragment AccessKeyFields on AccessKey {
  id
  role
  label
  hint
  domains
  holdOut
  createdAt
  lastUsedAt
  revokedAt
}`) as unknown as TypedDocumentString<KeysQuery, KeysQueryVariables>;
export const CreateKeyDocument = new TypedDocumentString(`
    mutation CreateKey($role: KeyRole!, $label: String!, $domains: [String!]) {
  createKey(role: $role, label: $label, domains: $domains) {
    key
    details {
      ...AccessKeyFields
    }
  }
}
    fragment AccessKeyFields on AccessKey {
  id
  role
  label
  hint
  domains
  holdOut
  createdAt
  lastUsedAt
  revokedAt
}`) as unknown as TypedDocumentString<CreateKeyMutation, CreateKeyMutationVariables>;
export const RevokeKeyDocument = new TypedDocumentString(`
    mutation RevokeKey($id: ID!) {
  revokeKey(id: $id) {
    ...AccessKeyFields
  }
}
    fragment AccessKeyFields on AccessKey {
  id
  role
  label
  hint
  domains
  holdOut
  createdAt
  lastUsedAt
  revokedAt
}`) as unknown as TypedDocumentString<RevokeKeyMutation, RevokeKeyMutationVariables>;
export const SetHoldOutDocument = new TypedDocumentString(`
    mutation SetHoldOut($id: ID!, $share: Float!) {
  setHoldOut(id: $id, share: $share) {
    ...AccessKeyFields
  }
}
    fragment AccessKeyFields on AccessKey {
  id
  role
  label
  hint
  domains
  holdOut
  createdAt
  lastUsedAt
  revokedAt
}`) as unknown as TypedDocumentString<SetHoldOutMutation, SetHoldOutMutationVariables>;
