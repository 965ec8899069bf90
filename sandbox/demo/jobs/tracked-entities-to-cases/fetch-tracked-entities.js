// @ts-check
// Whose tracked entities become cases and contacts.

// The program whose tracked entities are cases, by id or code: WHO's COVID-19 case-based surveillance.
const program = 'uYjxkTbwRNf';

// The program whose tracked entities are contacts: WHO's contact registration; undefined takes none.
const contactProgram = 'DM9n1bUw8W8';

// Ids or codes of org units, each with all below it; an empty list takes all that the account sees.
// The run's input `roots` overrides it.
const roots = [];

fetchTrackedEntities({ program, contactProgram, roots: state => state.roots ?? roots });
