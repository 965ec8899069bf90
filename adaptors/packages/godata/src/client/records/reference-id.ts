import { _ } from '@openfn/language-common';

/**
 * The id that Go.Data makes of an item's category and its first label; it stays whatever becomes of
 * the label. By the server's own function of the server's own library (godata FACTS §2.7, r198, r201).
 *
 * @param categoryId full id of the category
 */
export function toReferenceId(categoryId: string, label: string): string {
  return `${categoryId}_${_.snakeCase(label).toUpperCase()}`;
}
