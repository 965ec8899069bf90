/**
 * The page of the servlet container for requests that never reach DHIS2. It is not JSON, so a
 * client concludes that the server is not DHIS2 (recording 320).
 */
export function tomcatPage(message: string): string {
  const title = 'HTTP Status 400 – Bad Request';
  return [
    `<!doctype html><html lang="en"><head><title>${title}</title></head><body><h1>${title}</h1>`,
    '<hr class="line" /><p><b>Type</b> Status Report</p>',
    `<p><b>Message</b> ${message}</p>`,
    '<p><b>Description</b> The server cannot or will not process the request due to something that is perceived to be a client error (e.g., malformed request syntax, invalid request message framing, or deceptive request routing).</p>',
    '<hr class="line" /><h3>Apache Tomcat/11.0.20</h3></body></html>',
  ].join('');
}
