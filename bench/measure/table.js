/**
 * @typedef {object} Row one figure
 * @property {string} work what was done
 * @property {string} figure with its unit
 * @property {number} value
 * @property {{ name: string, value: number }} [beside] the floor or peer, measured in the same run
 * @property {number} [target] the most that is allowed
 * @property {'value' | 'ratio'} [of] what the target is for. Default: the value
 */

/** A target is missed by more than a tenth. @param {Row} row */
export function isMissed({ target, ...row }) {
  return target !== undefined && judged(row) > target * 1.1;
}

function judged({ value, beside, of = 'value' }) {
  return of === 'ratio' ? value / beside.value : value;
}

/** @param {Row} row */
function toCells({ work, figure, value, beside, target, of = 'value' }) {
  const verdict = isMissed({ value, beside, target, of }) ? 'missed' : 'ok';
  return [
    work,
    figure,
    format(value),
    beside ? `${beside.name}: ${format(beside.value)}` : '',
    beside ? format(value / beside.value) : '',
    target === undefined ? '' : `${of === 'ratio' ? 'ratio ' : ''}≤ ${format(target)}`,
    target === undefined ? '' : verdict,
  ];
}

const HEAD = ['work', 'figure', 'measured', 'beside it', 'ratio', 'target', ''];

/**
 * The rows as a Markdown table.
 *
 * @param {Row[]} rows
 */
export function toTable(rows) {
  const lines = [HEAD, ...rows.map(toCells)];
  const widths = HEAD.map((_, n) => Math.max(...lines.map(cells => cells[n].length)));
  const toLine = cells => `| ${cells.map((cell, n) => cell.padEnd(widths[n])).join(' | ')} |`;
  const rule = `| ${widths.map(width => '-'.repeat(width)).join(' | ')} |`;
  const [head, ...body] = lines.map(toLine);
  return [head, rule, ...body].join('\n');
}

/** Three significant digits. @param {number} number */
function format(number) {
  return Number.isInteger(number) ? String(number) : String(Number(number.toPrecision(3)));
}
