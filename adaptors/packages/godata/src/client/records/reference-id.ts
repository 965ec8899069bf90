import { _ } from '@openfn/language-common';

/**
 * The id that Go.Data computes from an item's category and its first label. A later change of the
 * label does not change it. Uses the same function of the same library as the server (godata FACTS
 * §2.7, r198, r201).
 *
 * @param categoryId full id of the category
 */
export function toReferenceId(categoryId: string, label: string): string {
  return `${categoryId}_${_.snakeCase(label).toUpperCase()}`;
}
