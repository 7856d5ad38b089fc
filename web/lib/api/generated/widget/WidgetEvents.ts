// Made by "npm run generate". Change what it is made from instead.
export const WidgetEvents = "mutation WidgetEvents($events:[EventInput!]!){recordEvents(events:$events)}";
