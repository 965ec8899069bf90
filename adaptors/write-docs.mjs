// Writes an adaptor's documentation from the JSDoc of its public operations: `docs/index.md` for people,
// `ast.json` as OpenFn's documentation site reads it.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/**
 * @typedef {object} Tag
 * @property {string} title
 * @property {string | null} description
 * @property {string} [name]
 * @property {{ type: 'NameExpression', name: string } | null} [type]
 * @property {string} [caption] of an example
 *
 * @typedef {object} Operation
 * @property {string} name
 * @property {string[]} params
 * @property {{ description: string, tags: Tag[] }} docs
 * @property {true} valid
 */

/**
 * Documents what a job can call of an adaptor: everything that it exports and that is `@public`.
 * @param {string} folder of the adaptor
 * @param {string} [output] where the files go; the adaptor's folder otherwise
 */
export function writeDocs(folder, output = folder) {
  const operations = readOperations(path.join(folder, 'src/index.ts'));
  mkdirSync(path.join(output, 'docs'), { recursive: true });
  writeFileSync(path.join(output, 'docs/index.md'), toMarkdown(operations));
  const ast = { operations, exports: [], common: [] };
  writeFileSync(path.join(output, 'ast.json'), `${JSON.stringify(ast, null, 2)}\n`);
}

/**
 * @param {string} entry
 * @returns {Operation[]}
 */
function readOperations(entry) {
  const program = ts.createProgram([entry], {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ESNext,
    strict: true,
  });
  const checker = program.getTypeChecker();
  const exported = checker.getExportsOfModule(
    checker.getSymbolAtLocation(program.getSourceFile(entry)),
  );
  return exported
    .flatMap(symbol => readSymbol(checker, symbol, ''))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * An operation, or those of a namespace such as `http`.
 * @param {ts.TypeChecker} checker
 * @param {ts.Symbol} symbol
 * @param {string} prefix
 * @returns {Operation[]}
 */
function readSymbol(checker, symbol, prefix) {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const name = `${prefix}${symbol.name}`;
  if (target.flags & ts.SymbolFlags.ValueModule) {
    return checker
      .getExportsOfModule(target)
      .flatMap(inner => readSymbol(checker, inner, `${name}.`));
  }
  const declaration = target.declarations?.find(
    one => ts.isFunctionDeclaration(one) || ts.isVariableDeclaration(one),
  );
  const tags = target.getJsDocTags(checker);
  if (!declaration || !tags.some(tag => tag.name === 'public')) return [];
  const description = ts.displayPartsToString(target.getDocumentationComment(checker));
  const written = ts.getJSDocTags(declaration).map(toTag);
  const params = ts.isFunctionDeclaration(declaration)
    ? declaration.parameters.map(parameter => parameter.name.getText())
    : written.filter(({ title }) => title === 'param').map(({ name: param }) => param);
  return [{ name, params, docs: { description, tags: written }, valid: true }];
}

/**
 * @param {ts.JSDocTag} tag
 * @returns {Tag}
 */
function toTag(tag) {
  const title = tag.tagName.text;
  const text = ts.getTextOfJSDocComment(tag.comment)?.trim() ?? '';
  const expression = 'typeExpression' in tag ? tag.typeExpression : undefined;
  const type = expression && {
    type: 'NameExpression',
    name: expression.getText().replace(/^\{|\}$/g, ''),
  };
  if (ts.isJSDocParameterTag(tag)) {
    return { title, description: text.replace(/^- /, ''), type, name: tag.name.getText() };
  }
  if (title !== 'example') return { title, description: text || null, ...(type && { type }) };
  const [, caption, code] = /^(?:<caption>(.*?)<\/caption>\s*)?(.*)$/s.exec(text) ?? [];
  return { title, description: code ?? '', ...(caption && { caption }) };
}

/** @param {Operation[]} operations */
function toMarkdown(operations) {
  return operations.map(toSection).join('\n');
}

/** @param {Operation} operation */
function toSection({ name, params, docs: { description, tags } }) {
  const of = title => tags.filter(tag => tag.title === title);
  const lines = [`## ${name}(${params.join(', ')})`, '', description, ''];
  if (of('param').length > 0) {
    lines.push('| parameter | type | what |', '| --- | --- | --- |');
    for (const tag of of('param')) {
      lines.push(`| ${tag.name} | \`${cell(tag.type?.name ?? '')}\` | ${cell(tag.description)} |`);
    }
    lines.push('');
  }
  for (const { description: text } of of('state')) lines.push(`- state: ${text}`);
  if (of('state').length > 0) lines.push('');
  for (const { caption, description: code } of of('example')) {
    if (caption) lines.push(`${caption}:`, '');
    lines.push('```js', code, '```', '');
  }
  return lines.join('\n');
}

/** @param {string | null} text */
function cell(text) {
  return (text ?? '').replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');
}
