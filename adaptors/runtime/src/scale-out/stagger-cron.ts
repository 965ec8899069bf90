/**
 * A cron expression a few minutes later, so that the workflows of a list do not all begin at once. An
 * expression whose minutes are neither a number nor a step stays as it is.
 *
 * @param index place in the list, from 0
 * @example
 * staggerCron('0 5 * * *', 3); // '3 5 * * *'
 * staggerCron('*\/10 * * * *', 3); // '3-59/10 * * * *'
 */
export function staggerCron(expression: string, index: number): string {
  const [minute = '', ...rest] = expression.trim().split(/\s+/);
  const step = /^\*\/(\d+)$/.exec(minute)?.[1];
  const later = () => {
    if (/^\d+$/.test(minute)) return String((Number(minute) + index) % 60);
    if (step === undefined || Number(step) === 0) return minute;
    const from = index % Number(step);
    return from === 0 ? minute : `${from}-59/${step}`;
  };
  return [later(), ...rest].join(' ');
}
