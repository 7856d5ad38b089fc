// Made by "npm run generate". Change what it is made from instead.
export const WidgetVisit = "sha256:b51e70d0d73489e7ebd51fa5589130516f68688704fc1c58b61f36c5827ce57d";
