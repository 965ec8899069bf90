import type { Module, Unit } from './units.js';

/** Methods that the language itself calls. */
const CALLED_BY_LANGUAGE = ['toJSON', 'toString', 'valueOf', 'then', 'next', 'return', 'throw'];

/** What is needed so far. */
interface Needed {
  names: Set<string>;
  properties: Set<string>;
  units: Set<Unit>;
}

function isNeeded({ declares, changes, method }: Unit, { names, properties, units }: Needed) {
  if (method) return units.has(method.inside) && properties.has(method.name);
  if (declares.length > 0) return declares.some(name => names.has(name));
  return changes.size === 0 || [...changes].some(name => names.has(name));
}

/** Adds the units that are reached, in rounds: what is kept may need more. */
function keepReached({ units }: Module, needed: Needed): void {
  for (let before = -1; before < needed.units.size; ) {
    before = needed.units.size;
    for (const unit of units) {
      if (needed.units.has(unit) || !isNeeded(unit, needed)) continue;
      needed.units.add(unit);
      for (const name of unit.uses) needed.names.add(name);
      for (const name of unit.properties) needed.properties.add(name);
    }
  }
}

/** Blanks instead of some parts of a text, so that lines and columns stay. */
function blank(code: string, parts: { start: number; end: number }[]): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { start, end } of [...parts].sort((a, b) => a.start - b.start)) {
    // A method of a class that is blank already.
    if (end <= from) continue;
    pieces.push(code.slice(from, start), code.slice(start, end).replace(/[^\n]/g, ' '));
    from = end;
  }
  return pieces.join('') + code.slice(from);
}

/**
 * The part of a module that some of its exports need. esbuild removes what nothing refers to, but
 * keeps each statement that may have an effect (a table that a loop fills, a namespace), and every
 * method of a class. In a module without side effects a statement only matters to the names that it
 * changes, and a method only if something reads a property of its name.
 *
 * @param module of a package that says `"sideEffects": false`
 * @param names exports that are needed
 * @param job text of the job, which may call methods of what the adaptor hands to it
 */
export function shakeModule(module: Module, names: readonly string[], job: string): string {
  const locals = new Map(names.map(name => [name, module.exports.get(name) ?? name]));
  const needed: Needed = {
    names: new Set(locals.values()),
    properties: new Set([...CALLED_BY_LANGUAGE, ...(job.match(/[\w$]+/g) ?? [])]),
    units: new Set(),
  };
  keepReached(module, needed);
  const gone = module.units.filter(unit => !needed.units.has(unit));
  const exported = [...locals].map(([name, local]) => `${local} as ${name}`);
  const kept = blank(module.code, [...gone, ...module.exportLists]);
  // Before the last line, which may name the source map.
  const end = module.exportLists.at(-1)?.end ?? kept.length;
  return `${kept.slice(0, end)}export { ${exported.join(', ')} };${kept.slice(end)}`;
}
