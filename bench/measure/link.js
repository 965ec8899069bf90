import net from 'node:net';

/**
 * A link to a server that is far away: a TCP proxy on loopback. All connections share the bandwidth,
 * each direction its own; what is sent arrives half the delay later.
 *
 * @param {string} target the server's address
 * @param {{ delayMs: number, bitsPerSecond?: number }} link there and back; default: any bandwidth
 * @returns {Promise<string>} the address to use instead
 */
export async function startLink(target, { delayMs, bitsPerSecond = Infinity }) {
  const { hostname, port } = new URL(target);
  const [up, down] = [
    createWire(delayMs / 2, bitsPerSecond),
    createWire(delayMs / 2, bitsPerSecond),
  ];
  const server = net.createServer(near => {
    const far = net.connect(Number(port), hostname);
    up(near, far);
    down(far, near);
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = /** @type {net.AddressInfo} */ (server.address());
  return `http://127.0.0.1:${address.port}`;
}

/** One direction. @param {number} delayMs @param {number} bitsPerSecond */
function createWire(delayMs, bitsPerSecond) {
  let freeAt = 0;
  return (/** @type {net.Socket} */ from, /** @type {net.Socket} */ to) => {
    // Each piece waits for the one before, so that none overtakes another.
    let last = Promise.resolve();
    const arrive = (/** @type {number} */ at, /** @type {() => void} */ act) => {
      last = last.then(() => wait(at - performance.now())).then(act);
    };
    from.on('data', bytes => {
      const begin = Math.max(freeAt, performance.now());
      freeAt = begin + (bytes.length * 8000) / bitsPerSecond;
      from.pause();
      // The sender is held back while the wire is busy, as by a full buffer.
      void wait(freeAt - performance.now()).then(() => from.resume());
      arrive(freeAt + delayMs, () => to.write(bytes));
    });
    from.on('close', () => arrive(performance.now() + delayMs, () => to.destroy()));
    from.on('error', () => to.destroy());
  };
}

/** @param {number} ms @returns {Promise<void>} */
function wait(ms) {
  return ms <= 0 ? Promise.resolve() : new Promise(resolve => setTimeout(resolve, ms));
}
