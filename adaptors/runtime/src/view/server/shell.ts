import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findPackageRoot } from '../../files/package-root.js';

/** The files of the page, as `npm run build` makes them. */
export const PAGE_FILES = {
  'view.js': 'text/javascript; charset=utf-8',
  'page.css': 'text/css; charset=utf-8',
} as const;

/** A file of the page. */
export function readPageFile(name: keyof typeof PAGE_FILES): string {
  return readFileSync(path.join(findPackageRoot(), 'adaptors/runtime/page/dist', name), 'utf8');
}

/**
 * The page without its contents, which its script asks for.
 *
 * @param csrf what the page sends with requests that do more than read
 */
export function toShell(csrf: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="csrf" content="${csrf}">
<title>godata-dhis2</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page.css">
</head>
<body>
<main><noscript>This page needs JavaScript. godata-dhis2 runs needs none.</noscript></main>
<script src="/view.js"></script>
</body>
</html>
`;
}

/**
 * What exchanges the token for the page. A redirect would count as coming from where the address was
 * opened, and a browser would then keep the cookie back.
 */
export const ENTRANCE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="refresh" content="0; url=/">
<title>godata-dhis2</title>
</head>
<body><p><a href="/">godata-dhis2</a></p></body>
</html>
`;
