import type { Context } from 'hono';

/** The form of a slash in Tomcat's page. */
const SLASH = '&#47;';

/**
 * The answer to an address that the server does not have: a page, although the address is below
 * `/api` (recordings 016, 020).
 *
 * @param path below the context path, without a slash at its start
 */
export function answerNoResource(c: Context, path: string): Response {
  const style =
    'body {font-family:Tahoma,Arial,sans-serif;} h1, h2, h3, b {color:white;background-color:#525D76;} h1 {font-size:22px;} h2 {font-size:16px;} h3 {font-size:14px;} p {font-size:12px;} a {color:black;} .line {height:1px;background-color:#525D76;border:none;}';
  const title = 'HTTP Status 404 – Not Found';
  const page = [
    `<!doctype html><html lang="en"><head><title>${title}</title><style type="text/css">${style}</style></head>`,
    `<body><h1>${title}</h1><hr class="line" /><p><b>Type</b> Status Report</p>`,
    `<p><b>Message</b> No static resource ${path.replaceAll('/', SLASH)}.</p>`,
    '<p><b>Description</b> The origin server did not find a current representation for the target resource or is not willing to disclose that one exists.</p>',
    '<hr class="line" /><h3>Apache Tomcat/11.0.20</h3></body></html>',
  ];
  return c.body(page.join(''), 404, { 'Content-Type': 'text/html;charset=utf-8' });
}
