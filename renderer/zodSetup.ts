import { config } from 'zod';

// zod compiles schemas with `new Function` where it may. The content security policy forbids that, and
// only trying is reported as a violation. Must be imported before any schema is made.
config({ jitless: true });
