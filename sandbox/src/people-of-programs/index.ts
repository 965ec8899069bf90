export { generatePeople } from './generate-people.js';
