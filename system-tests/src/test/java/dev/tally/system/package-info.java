/** The suites of system tests. They test what the system promises on real processes. */
@NullMarked
package dev.tally.system;

import org.jspecify.annotations.NullMarked;
