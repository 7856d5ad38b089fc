/** The id in the parameter of a page. One that is not encoded properly, such as `50%`, is the id itself. */
export function idOfParameter(parameter: string): string {
  try {
    return decodeURIComponent(parameter);
  } catch {
    return parameter;
  }
}
