// Made by "npm run generate". Change what it is made from instead.
export const WidgetRecommendations = "sha256:5f7bce2e56c269288f27f61deed7826178bd0a66dbd9250588c3562b3d51561d";
export const WidgetPhoto = "fragment WidgetItemFields on Item{itemId title brand link imageUrl(width:320)price{amount currency}salePrice{amount currency}}mutation WidgetPhoto($image:Upload!){parsePhoto(image:$image){width height imageUrl(width:960)garments{id category mask similarItems(first:12){edges{node{item{...WidgetItemFields}}}}}}}";
export const WidgetEvents = "mutation WidgetEvents($events:[EventInput!]!){recordEvents(events:$events)}";
