export { type ReadExport, readExport } from './read-export.js';
