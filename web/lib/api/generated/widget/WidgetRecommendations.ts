// Made by "npm run generate". Change what it is made from instead.
export const WidgetRecommendations = "sha256:5f7bce2e56c269288f27f61deed7826178bd0a66dbd9250588c3562b3d51561d";
