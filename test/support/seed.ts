import fc from 'fast-check';

// With TEST_SEED the properties try the same cases in every run, as .ci/run does: a change is not
// refused for a fault that was there before it. Without it each run tries other cases.
const seed = process.env.TEST_SEED;
if (seed !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });
