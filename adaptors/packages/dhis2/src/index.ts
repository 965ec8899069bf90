export * from './Adaptor.js';
