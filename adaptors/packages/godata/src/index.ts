import * as adaptor from './Adaptor.js';

export * from './Adaptor.js';
export default adaptor;
