// Made by "npm run generate". Change what it is made from instead.
import { type PhotoByIdQuery, type PhotoByIdQueryVariables, type ParsePhotoMutation, type ParsePhotoMutationVariables, type ParsePhotoAtMutation, type ParsePhotoAtMutationVariables, type DeletePhotoMutation, type DeletePhotoMutationVariables, type AddRegionMutation, type AddRegionMutationVariables, type RemoveGarmentMutation, type RemoveGarmentMutationVariables, TypedDocumentString } from '../graphql.ts';

export const PhotoByIdDocument = new TypedDocumentString(`
    query PhotoById($id: ID!) {
  photo(id: $id) {
    ...PhotoFields
  }
}
    fragment GarmentFields on Garment {
  id
  category
  score
  box {
    x1
    y1
    x2
    y2
  }
  mask
  coverage
  cropUrl
  whole
  origin
}
fragment PhotoFields on Photo {
  id
  width
  height
  imageUrl
  expiresAt
  garments {
    ...GarmentFields
  }
}`) as unknown as TypedDocumentString<PhotoByIdQuery, PhotoByIdQueryVariables>;
export const ParsePhotoDocument = new TypedDocumentString(`
    mutation ParsePhoto($image: Upload!) {
  parsePhoto(image: $image) {
    ...PhotoFields
    ownerToken
  }
}
    fragment GarmentFields on Garment {
  id
  category
  score
  box {
    x1
    y1
    x2
    y2
  }
  mask
  coverage
  cropUrl
  whole
  origin
}
fragment PhotoFields on Photo {
  id
  width
  height
  imageUrl
  expiresAt
  garments {
    ...GarmentFields
  }
}`) as unknown as TypedDocumentString<ParsePhotoMutation, ParsePhotoMutationVariables>;
export const ParsePhotoAtDocument = new TypedDocumentString(`
    mutation ParsePhotoAt($url: String!) {
  parsePhotoAt(url: $url) {
    ...PhotoFields
    ownerToken
  }
}
    fragment GarmentFields on Garment {
  id
  category
  score
  box {
    x1
    y1
    x2
    y2
  }
  mask
  coverage
  cropUrl
  whole
  origin
}
fragment PhotoFields on Photo {
  id
  width
  height
  imageUrl
  expiresAt
  garments {
    ...GarmentFields
  }
}`) as unknown as TypedDocumentString<ParsePhotoAtMutation, ParsePhotoAtMutationVariables>;
export const DeletePhotoDocument = new TypedDocumentString(`
    mutation DeletePhoto($id: ID!, $token: String) {
  deletePhoto(id: $id, token: $token)
}
    `) as unknown as TypedDocumentString<DeletePhotoMutation, DeletePhotoMutationVariables>;
export const AddRegionDocument = new TypedDocumentString(`
    mutation AddRegion($photoId: ID!, $box: BoxInput, $outline: [PointInput!], $token: String) {
  addRegion(photoId: $photoId, box: $box, outline: $outline, token: $token) {
    id
  }
}
    `) as unknown as TypedDocumentString<AddRegionMutation, AddRegionMutationVariables>;
export const RemoveGarmentDocument = new TypedDocumentString(`
    mutation RemoveGarment($id: ID!, $token: String) {
  removeGarment(id: $id, token: $token)
}
    `) as unknown as TypedDocumentString<RemoveGarmentMutation, RemoveGarmentMutationVariables>;
