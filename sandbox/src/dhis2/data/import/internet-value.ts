/** Top-level domains that no registry has; the server's validator lists the existing ones. */
const PRIVATE_DOMAIN =
  /\.(local|localdomain|localhost|internal|intranet|lan|corp|home|test|example|invalid)$/i;
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i;
const IP_ADDRESS = /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;
const MAILBOX = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const URL =
  /^(https?|ftp):\/\/(?:[^\s/@]+@)?([^\s/:?#]+)(:\d{1,5})?((?:\/[^\s?#]*)?)(\?[^\s#]*)?(#\S*)?$/i;
const PHONE_NUMBER = /^[0-9+()#.\s/ext-]{6,50}$/;

/**
 * A phone number in DHIS2: digits, punctuation and the letters of "ext" (the server's source,
 * ValidationUtils).
 */
export function isPhoneNumber(text: string): boolean {
  return PHONE_NUMBER.test(text);
}

/** An e-mail address at an internet domain (the server uses Apache's EmailValidator). */
export function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@');
  const mailbox = text.slice(0, at);
  return at > 0 && mailbox.length <= 64 && MAILBOX.test(mailbox) && isDomain(text.slice(at + 1));
}

/**
 * An address of http, https or ftp at an internet domain (Apache's UrlValidator with its defaults).
 */
export function isUrl(text: string): boolean {
  const [, , host = '', , path = ''] = URL.exec(text) ?? [];
  return (IP_ADDRESS.test(host) || isDomain(host)) && !/\/\.\.(\/|$)|\/\//.test(path);
}

function isDomain(text: string): boolean {
  return DOMAIN.test(text) && !PRIVATE_DOMAIN.test(text);
}
